"""Text that a stored web page holds but does not show."""

import pytest

from tracker.importing.hidden_in_documents import in_html


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ("<p style='color: #FFF'>A name</p>", "White text"),
        ("<p style='margin:0; color:white'>A name</p>", "White text"),
        ("<p style='color:rgb(255, 255, 255)'>A name</p>", "White text"),
        ("<font color=white>A name</font>", "White text"),
        ("<style>.a { color: #ffffff }</style><p class=a>A name</p>", "White text"),
        ("<p style='color:white; background:#fff'>A name</p>", "White text"),
        ("<p style='font-size: 0'>A name</p>", "Text of no size"),
        ("<p style='font-size:0.1px'>A name</p>", "Text of no size"),
        ("<style>p { display: none }</style>", "Hidden parts"),
    ],
)
def test_white_and_tiny_text_of_a_page_is_found(part: str, found: str) -> None:
    assert any(each.startswith(found) for each in in_html(f"<html>{part}</html>".encode()))


@pytest.mark.parametrize(
    "part",
    [
        "<p style='background-color:white;color:black;font-size:10px'>A name</p>",
        "<h1 style='background:#003366;color:#fff'>A heading</h1>",
        "<p style='font-size:0.8em'>A note</p>",
    ],
)
def test_an_ordinary_page_hides_nothing(part: str) -> None:
    assert in_html(f"<html>{part}</html>".encode()) == []
