"""A pasted text is split and numbered as it is printed."""

from datetime import date

import pytest

from tracker.admin.pasted import short_title, split_asks, suggested_act_by
from tracker.spans import parse_span
from tracker.vocabulary import RecommendationKind, TimeKind


def numbers(text: str) -> list[tuple[str, str]]:
    return [(ask.number, ask.limb) for ask in split_asks(text).asks]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1. Stop it.\n2. Review it.", [("1", ""), ("2", "")]),
        ("1) Stop it.\n(2) Review it.", [("1", ""), ("2", "")]),
        ("Recommendation 1: Stop.\n\nRecommendation 2\nReview.", [("1", ""), ("2", "")]),
        ("Recommendation 3a \u2013 Stop.\nRecommendation 3b \u2013 Go.", [("3a", ""), ("3b", "")]),
        ("3a Stop it.\n3b Review it.", [("3a", ""), ("3b", "")]),
        ("Action 1: Write guidance.", [("Action 1", "")]),
        ("R1 Stop.\nR2 Go.", [("1", ""), ("2", "")]),
        ("12.1 Stop it.\n12.2 Review it.", [("12.1", ""), ("12.2", "")]),
        ("2.1 million people wait.", [("", "")]),
        ("3(a) Stop it.\n3(b) Review it.", [("3", "a"), ("3", "b")]),
        ("Recommendation 3(a): Stop.\nRecommendation 3 (b) Go.", [("3", "a"), ("3", "b")]),
        ("Action 2(a): Write.", [("Action 2", "a")]),
        ("2.1. Stop.", [("2.1", "")]),
        (
            "1. They should:\n(a) stop it;\n(b) say so.\n2. Review.",
            [("1", ""), ("1", "a"), ("1", "b"), ("2", "")],
        ),
        ("1. They should:\na) stop it\nb) say so", [("1", ""), ("1", "a"), ("1", "b")]),
        ("1. They should:\n(i) stop\n(ii) go", [("1", ""), ("1", "i"), ("1", "ii")]),
        ("", []),
        ("   \n \n", []),
    ],
)
def test_numbers_and_limbs_are_those_printed(text: str, found: list[tuple[str, str]]) -> None:
    assert numbers(text) == found


def test_lines_that_follow_belong_to_the_ask_before_them() -> None:
    [first, second] = split_asks("1. Stop\nsharing data.\n\nAt once.\n2. Review.").asks
    assert first.text == "Stop\nsharing data.\n\nAt once." and second.text == "Review."


def test_what_stands_before_the_first_number_is_handed_back() -> None:
    pasted = split_asks("We recommend that:\n\n1. Stop.")
    assert pasted.left_out == "We recommend that:" and len(pasted.asks) == 1


def test_without_numbers_each_paragraph_is_an_ask() -> None:
    assert [ask.text for ask in split_asks("Stop\nit.\n\nReview it.").asks] == ["Stop\nit.", "Review it."]


def test_without_numbers_each_bullet_is_an_ask() -> None:
    pasted = split_asks("We recommend:\n\u2022 Stop\nit.\n- Review it.")
    assert pasted.left_out == "We recommend:"
    assert [ask.text for ask in pasted.asks] == ["Stop\nit.", "Review it."]


def test_bullets_under_a_number_are_its_text() -> None:
    [ask] = split_asks("1. They should:\n\u2022 stop;\n\u2022 go.").asks
    assert ask.text == "They should:\n\u2022 stop;\n\u2022 go."


def test_the_title_is_the_first_sentence_and_never_too_long() -> None:
    assert short_title("Stop sharing data. Then say so.") == "Stop sharing data"
    long = short_title("word " * 100)
    assert len(long) <= 125 and long.endswith(" …")


def test_an_action_is_an_action() -> None:
    assert split_asks("Action 2: Write.").asks[0].kind == RecommendationKind.ACTION


@pytest.mark.parametrize(
    ("text", "kind", "on"),
    [
        ("Report within six months of this.", TimeKind.PERIOD, date(2021, 6, 17)),
        ("within 56 days", TimeKind.PERIOD, date(2021, 2, 11)),
        ("within one year", TimeKind.PERIOD, date(2021, 12, 17)),
        ("With immediate effect, stop.", TimeKind.IMMEDIATE, None),
    ],
)
def test_the_time_to_act_is_suggested_from_its_words(text: str, kind: TimeKind, on: date | None) -> None:
    found = suggested_act_by(text, parse_span("2020-12-17"))
    assert found is not None and (found.kind, found.on) == (kind, on)


def test_no_time_to_act_is_made_up() -> None:
    assert suggested_act_by("Stop it within reason.", parse_span("2020-12-17")) is None
    assert suggested_act_by("Stop it within many months.", parse_span("2020-12-17")) is None
    assert suggested_act_by("within six months", None).on is None  # type: ignore[union-attr]
