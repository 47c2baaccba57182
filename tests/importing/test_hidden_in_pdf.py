"""Text that a PDF holds but does not show, however it was hidden."""

import pytest

from tests.admin.papers_made import TEXT, pdf
from tracker.importing.hidden_in_pdf import in_pdf


@pytest.mark.parametrize(
    ("stream", "found"),
    [
        (f"{TEXT} 0 g 80 195 60 20 re f", "under a shape"),
        (f"{TEXT} 0 g 40 190 m 200 190 l 200 220 l 40 220 l h f", "under a shape"),
        (f"{TEXT} 0 G 20 w 40 204 m 200 204 l S", "under a shape"),
        (f"{TEXT} 1 g 40 190 200 30 re f", "under a shape"),
        (f"{TEXT} 0 0 1 rg 40 190 200 30 re f", "under a shape"),
        (f"{TEXT} 0.2 g 40 190 200 30 re f", "under a shape"),
        (
            "BT /F 12 Tf 50 200 Td (One) Tj 0 -40 Td (Two) Tj ET 0 g 40 150 99 30 re f",
            "shape can be copied out: “Two”",
        ),
        (f"1 g q 0 g Q {TEXT}", "white text"),
        (TEXT.replace("50 200", "500 200"), "off the page"),
        (TEXT.replace("12 Tf", "0.1 Tf"), "too small"),
    ],
)
def test_text_that_is_not_seen_is_found(stream: str, found: str) -> None:
    assert found in " ".join(in_pdf(pdf(stream)))


@pytest.mark.parametrize(
    "stream",
    [
        f"{TEXT} 0 G 1 w 40 195 200 20 re S 40 195 m 240 195 l S",
        f"0 0 0.5 rg 40 190 200 30 re f 0 g {TEXT}",
        f"0 0 0.5 rg 40 190 200 30 re f 1 g {TEXT}",
        f"q 1 g Q {TEXT}",
        f"{TEXT} 0 g 40 196 200 0.5 re f",
    ],
)
def test_lines_and_grounds_of_a_table_hide_nothing(stream: str) -> None:
    assert in_pdf(pdf(stream)) == []
