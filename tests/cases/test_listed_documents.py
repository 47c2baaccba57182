"""The real case: every public addressee, as PostgreSQL writes it and as it is documented, on the days that mattered."""

from datetime import date

import pytest

from tests.api.test_listed_documents import compare

DAYS = (
    "2018-12-18",
    "2020-12-17",
    "2021-06-01",
    "2021-12-03",
    "2021-12-16",
    "2022-01-20",
    "2024-05-01",
    "2026-03-02",
)


@pytest.mark.django_db
@pytest.mark.parametrize("written", DAYS)
def test_every_addressee_of_the_real_case(written: str) -> None:
    compare(date.fromisoformat(written))
