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
            "picture can be copied out: “Two”",
        ),
        (f"1 g q 0 g Q {TEXT}", "white text"),
        (TEXT.replace("50 200", "500 200"), "off the page"),
        (TEXT.replace("12 Tf", "0.1 Tf"), "too small"),
    ],
)
def test_text_that_is_not_seen_is_found(stream: str, found: str) -> None:
    assert found in " ".join(in_pdf(pdf(stream)))


IMAGE = "/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
FORM = "/Subtype/Form/BBox[0 0 300 300]/Resources<</Font<</F 5 0 R>>>>"


@pytest.mark.parametrize(
    ("stream", "drawn", "draws", "found"),
    [
        (f"{TEXT} q 200 0 0 30 40 190 cm /X Do Q", IMAGE, "x", "under a shape or picture"),
        (f"{TEXT} q 1 0 0 1 40 0 cm /X Do Q", FORM, "0 g 0 190 200 30 re f", "under a shape"),
        (f"{TEXT} /X Do", f"{FORM}/Matrix[1 0 0 1 0 190]", "0 g 40 0 200 30 re f", "under a shape"),
        ("/X Do 0 g 40 190 200 30 re f", FORM, TEXT, "under a shape"),
        (f"q 0 0 40 40 re W n {TEXT} Q", FORM, "", "cut away"),
        (f"q 0 190 300 30 re W n q 0 0 300 100 re W n {TEXT} Q Q", FORM, "", "cut away"),
        (TEXT, f"{FORM}", "", "cut away"),
    ],
    ids=["picture", "form", "form-with-its-place", "text-in-a-form", "clip", "clip-in-a-clip", "crop"],
)
def test_pictures_forms_and_what_is_cut_away_hide_text_too(
    request: pytest.FixtureRequest, stream: str, drawn: str, draws: str, found: str
) -> None:
    annots = "/CropBox[0 0 300 100]" if request.node.callspec.id == "crop" else ""
    assert found in " ".join(in_pdf(pdf(stream, drawn=drawn, draws=draws, annots=annots)))


@pytest.mark.parametrize(
    ("stream", "drawn", "draws"),
    [
        (f"q 200 0 0 30 40 190 cm /X Do Q 0 g {TEXT}", IMAGE, "x"),
        (f"{TEXT} q 20 0 0 20 200 20 cm /X Do Q", IMAGE, "x"),
        (f"{TEXT} q 200 0 0 30 40 190 cm /X Do Q", f"{IMAGE}/SMask 7 0 R", "x"),
        (f"{TEXT} q 1 0 0 1 0 -190 cm /X Do Q", FORM, "0 g 40 190 200 30 re f"),
        ("1 g 0 0 1 1 re f 0 g /X Do 0 g 40 20 200 30 re f", FORM, TEXT),
        (f"q 0 0 1 1 re W n /X Do Q 0 g {TEXT}", FORM, "0 0 1 1 re W n"),
        (f"q 40 190 200 30 re W n {TEXT} Q 0 0 9 9 re W n", FORM, ""),
    ],
)
def test_pictures_beside_or_below_a_text_and_clips_around_it_hide_nothing(
    stream: str, drawn: str, draws: str
) -> None:
    assert in_pdf(pdf(stream, drawn=drawn, draws=draws)) == []


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
