"""Dates as people write them in spreadsheets."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.importing.cells import date_of
from tracker.importing.saying import written


@pytest.mark.parametrize(
    ("cell", "order", "expected"),
    [
        ("3/12/2021", "dmy", "2021-12-03"),
        ("12/3/2021", "mdy", "2021-12-03"),
        ("03.12.21", "dmy", "2021-12-03"),
        ("3 December 2021", "dmy", "2021-12-03"),
        ("3rd December, 2021", "dmy", "2021-12-03"),
        ("Friday 3rd of Dec 2021", "dmy", "2021-12-03"),
        ("December 3, 2021", "dmy", "2021-12-03"),
        ("2021-12-03", "mdy", "2021-12-03"),
        ("2021-12-03T09:00:00Z", "dmy", "2021-12-03"),
        ("3/12/2021 00:00", "dmy", "2021-12-03"),
        (date(2021, 12, 3), "dmy", "2021-12-03"),
        (44533, "dmy", "2021-12-03"),
        (44533.0, "dmy", "2021-12-03"),
        ("44533", "dmy", "2021-12-03"),
        (2021, "dmy", "2021"),
        ("2021", "dmy", "2021"),
        ("Dec 2021", "dmy", "2021-12"),
        ("1 - 3 December 2021", "dmy", "by 2021-12-03"),
        ("30 November to 3 December 2021", "dmy", "by 2021-12-03"),
        ("1/12/2021 - 3/12/2021", "dmy", "by 2021-12-03"),
        ("2021/12/03", "ymd", "2021-12-03"),
        ("2021/12/03", "dmy", "2021-12-03"),
        ("2021.12.3", "mdy", "2021-12-03"),
        ("3 December 2021", "ymd", "2021-12-03"),
        ("03-Dec-21", "dmy", "2021-12-03"),
        ("3 Dec 21", "dmy", "2021-12-03"),
        ("1 to 3 December 2021", "dmy", "by 2021-12-03"),
        ("1st until 3rd December 2021", "dmy", "by 2021-12-03"),
        ("June-July 2019", "dmy", "by 2019-07-31"),
        ("June to July 2019", "dmy", "by 2019-07-31"),
        ("2019-2020", "dmy", "by 2020-12-31"),
        ("1/12/2021-3/12/2021", "dmy", "by 2021-12-03"),
        ("", "dmy", ""),
    ],
)
def test_a_date_is_read_as_it_is_meant(cell: object, order: str, expected: str) -> None:
    assert written(date_of(cell, order)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "cell",
    [
        "13/13/2021",
        "31/2/2021",
        "30 February 2021",
        "soon",
        "3/12/1",
        "0000-00-00",
        5,
        True,
        "5/12/2021 to 3/12/2021",
    ],
)
def test_what_is_no_date_is_refused(cell: object) -> None:
    with pytest.raises(ValueError, match="."):
        date_of(cell)  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", ["3/4/2021", "03.04.21", "21/12/03"])
def test_a_day_and_a_month_are_not_guessed_where_the_year_stands_first(cell: str) -> None:
    with pytest.raises(ValueError, match="their year first"):
        date_of(cell, "ymd")


@given(st.one_of(st.text(max_size=40), st.integers(), st.floats(), st.booleans()))
def test_no_cell_breaks_the_reading_of_dates(cell: object) -> None:
    with suppress(ValueError):
        assert date_of(cell) is None or written(date_of(cell))  # type: ignore[arg-type]


@given(
    st.dates(date(1900, 3, 1), date(2173, 1, 1)),
    st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%-d.%-m.%Y"]),
)
def test_a_day_comes_back_from_each_way_of_writing_it(day: date, form: str) -> None:
    assert written(date_of(day.strftime(form))) == day.isoformat()
