"""A malformed file is refused with the place, the problem and the fix, and nothing of it is written."""

import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.importing.documents import DOCUMENT, document, loaded, written
from tracker.importing.loading import load
from tracker.importing.problems import Refused
from tracker.importing.reading import LARGEST
from tracker.ledger import LOADER
from tracker.models import Event, Source

from .documents import AT

pytestmark = pytest.mark.django_db

Change = Callable[[dict[str, Any]], object]


def put(listed: str, place: int, **values: Any) -> Change:
    return lambda content: content[listed][place].update(values)


def drop(listed: str, place: int, key: str) -> Change:
    return lambda content: content[listed][place].pop(key)


MALFORMED: list[tuple[Change, str, str]] = [
    (lambda c: c.pop("form"), "form", "write 1"),
    (lambda c: c.update(form=2), "form", "write 1"),
    (lambda c: c.update(bodys=[]), "", "unknown key 'bodys': use form, about, sources"),
    (lambda c: c.update(bodies={}), "bodies", "is no list"),
    (lambda c: c.update(bodies=None), "bodies", "is no list"),
    (lambda c: c["bodies"].append("x"), "bodies[4]", "is no object"),
    (put("bodies", 0, colour="blue"), "bodies[0]", "unknown key 'colour': use note, source"),
    (put("bodies", 0, published_at="2026-01-01"), "bodies[0]", "unknown key 'published_at'"),
    (put("bodies", 0, contacts=[]), "bodies[0]", "unknown key 'contacts'"),
    (put("sources", 0, file="/etc/passwd"), "sources[0]", "unknown key 'file'"),
    (put("bodies", 0, kind="army"), "bodies[0].kind", "'army' is not known; use one of government"),
    (put("bodies", 0, kind=["police_force"]), "bodies[0].kind", "is not known"),
    (put("bodies", 0, name=7), "bodies[0].name", "7 is no text"),
    (put("bodies", 0, name=""), "bodies[0].name", "cannot be blank"),
    (put("bodies", 0, name="x" * 301), "bodies[0].name", "at most 300 characters"),
    (put("bodies", 0, name="a\x00b"), "bodies[0].name", "NUL"),
    (put("bodies", 0, name="a\ud800b"), "bodies[0].name", "lone surrogate"),
    (put("bodies", 0, url="no address"), "bodies[0].url", "valid URL"),
    (put("bodies", 0, also_see=["x"]), "bodies[0].also_see", "valid URL"),
    (put("bodies", 0, other_names="x"), "bodies[0].other_names", "is no list"),
    (put("bodies", 0, other_names=[1]), "bodies[0].other_names", "1 is no text"),
    (put("bodies", 0, identifiers={"wikidata": 7}), "bodies[0].identifiers", "7 is no text"),
    (put("bodies", 0, identifiers=[]), "bodies[0].identifiers", "is no object"),
    (put("bodies", 0, ended_on="2021"), "bodies[0].ended_on", "a day is needed"),
    (drop("bodies", 0, "name"), "bodies[0].name", "it is missing"),
    (drop("bodies", 0, "kind"), "bodies[0].kind", "it is missing"),
    (drop("bodies", 0, "ref"), "bodies[0].ref", "it is missing"),
    (drop("bodies", 0, "source"), "bodies[0].source", "nothing is published without a source"),
    (put("bodies", 0, ref="North Police"), "bodies[0].ref", "small letters"),
    (put("bodies", 0, ref="x" * 241), "bodies[0].ref", "small letters"),
    (put("bodies", 0, ref=3), "bodies[0].ref", "small letters"),
    (put("bodies", 1, ref="north-police"), "bodies[1]", "already, in bodies[0]"),
    (put("bodies", 0, source="no-page"), "bodies[0].source", "no source 'no-page' is on record"),
    (put("bodies", 0, source=""), "bodies[0].source", "it is empty"),
    (put("bodies", 0, source=None), "bodies[0].source", "is no text"),
    (put("bodies", 0, overseen_by="north-police"), "bodies[0]", "stands on itself"),
    (put("bodies", 2, overseen_by="south-police"), "bodies[1]", "stands on itself"),
    (put("sources", 0, url=""), "sources[0]", "Give the address of the page"),
    (put("sources", 0, dated_on="2030-01-01"), "sources[0].dated_on", "has not come yet"),
    (put("regimes", 0, amount="56"), "regimes[0].amount", "no whole number"),
    (put("regimes", 0, amount=True), "regimes[0].amount", "no whole number"),
    (put("regimes", 0, amount=5.5), "regimes[0].amount", "no whole number"),
    (put("regimes", 0, amount=-1), "regimes[0].amount", "greater than or equal to 0"),
    (put("regimes", 0, amount=10**30), "regimes[0].amount", "less than or equal to"),
    (put("regimes", 0, amount=5000), "regimes[0]", "give a whole number from 1 to 1000"),
    (put("regimes", 0, automatic="yes"), "regimes[0].automatic", "neither true nor false"),
    (put("regimes", 0, kind="no_date"), "regimes[0]", "no_date has none"),
    (drop("regimes", 0, "unit"), "regimes[0]", "period needs it"),
    (put("reports", 0, dated_on="2025-02-30"), "reports[0].dated_on", "not a date"),
    (put("reports", 0, dated_on="0000-01-01"), "reports[0].dated_on", "years 1800 to 2200"),
    (put("reports", 0, dated_on="٢٠٢٥"), "reports[0].dated_on", "not a date"),
    (put("reports", 0, dated_on=2025), "reports[0].dated_on", "is no text"),
    (drop("reports", 0, "dated_on"), "reports[0].dated_on", "without its date"),
    (put("reports", 0, publishers=[]), "reports[0].publishers", "at least one body"),
    (put("reports", 0, publishers=["inspectors"] * 2), "reports[0].publishers", "stands twice"),
    (put("reports", 0, publishers=["who"]), "reports[0].publishers[0]", "no body 'who' is on record"),
    (put("reports", 0, regime="no-rule"), "reports[0].regime", "no regime 'no-rule' is on record"),
    (put("recommendations", 0, ref="other/1"), "recommendations[0].ref", "begin with the report's"),
    (put("recommendations", 1, number="1"), "recommendations[1].number", "of that number and limb already"),
    (put("recommendations", 0, asked_on="2025-06-01"), "recommendations[0].asked_on", "before the date of the report"),
    (put("recommendations", 0, act_by="2025-12-01"), "recommendations[0].act_by_text", "in the words of the source"),
    (put("recommendations", 1, number=" 1"), "recommendations[1].number", "Take the blanks away"),
    (put("bodies", 0, name=" "), "bodies[0].name", "only blanks"),
    (put("bodies", 0, name="\u200b\u00ad"), "bodies[0].name", "only blanks"),
    (put("reports", 0, title="\u3164 \u202e"), "reports[0].title", "only blanks"),
    (put("responses", 0, title="  "), "responses[0].title", "only blanks"),
    (put("recommendations", 1, limb="review"), "recommendations[1].limb", "part of a recommendation"),
    (put("recommendations", 0, addressed_to=["who"]), "recommendations[0].addressed_to[0]", "no body 'who'"),
    (put("recommendations", 0, addressed_to="x"), "recommendations[0].addressed_to", "is no list"),
    (lambda c: c.update(memberships=[]), "recommendations[0].addressed_to.groups", "has no members"),
    (put("memberships", 1, until_on="2019-01-01"), "memberships[1].until_on", "cannot end before it began"),
    (drop("memberships", 0, "body"), "memberships[0].ref", "it is missing"),
    (put("links", 0, kind="repeats"), "links[0].relation", "how a repeat stands"),
    (put("links", 0, other="a-report/2"), "links[0]", "linked to itself"),
    (drop("responses", 0, "source"), "responses[0].source", "nothing is published without a source"),
    (put("responses", 0, written_on="2025-06-01"), "responses[0].written_on", "before the recommendation was made"),
    (put("responses", 0, written_on="2027-01-01"), "responses[0].written_on", "has not come yet"),
    (put("responses", 0, answers=[]), "responses[0].answers", "at least one answer"),
    (put("responses", 0, answers=None), "responses[0].answers", "at least one answer"),
    (put("responses", 0, answers=[1]), "responses[0].answers[0]", "is no object"),
    (put("responses", 0, author="south-commissioner"), "responses[0].answers[0]", "addressed to nobody for whom"),
    (put("assessments", 0, addressee="a-report/1/inspectors"), "assessments[0].addressee", "no addressee"),
    (drop("assessments", 0, "assessed_on"), "assessments[0].ref", "it is missing"),
    (put("assessments", 0, assessed_on="2025-01-01"), "assessments[0].assessed_on", "before the recommendation"),
    (put("extensions", 0, until_on="2025-07-27"), "extensions[0].until_on", "An extension moves the date"),
    (put("extensions", 0, clock="act"), "extensions[0].clock", "no date that could be moved"),
    (put("developments", 0, happened_on="2099"), "developments[0].happened_on", "has not come yet"),
    (put("claims", 0, contested_by=[]), "claims[0].contested_by", "Name who contests it"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "path", "fix"), MALFORMED, ids=[f"{p}-{f[:25]}" for _, p, f in MALFORMED])
def test_a_malformed_row_is_refused_with_its_place_and_the_fix(
    change: Change, path: str, fix: str, tmp_path: Path
) -> None:
    content = document()
    change(content)
    problems = refusal(tmp_path, content)
    assert any(each.path == path and fix in each.fix for each in problems), [str(each) for each in problems]
    assert not Event.objects.exists()
    assert not Source.objects.exists()


def answer(**values: Any) -> dict[str, Any]:
    return {"recommendation": "a-report/1", "position": "accepted", **values}


@pytest.mark.parametrize(
    ("answers", "path", "fix"),
    [
        ([answer(position="")], "responses[0].answers[0].position", "say what the answer says"),
        ([answer(position="maybe")], "responses[0].answers[0].position", "is not known"),
        ([answer(position="deferred")], "responses[0].waits_for", "name what a deferred answer waits for"),
        ([answer(position="refers_elsewhere")], "responses[0].points_to", "name"),
        ([answer(on_behalf=True)], "responses[0].answers[0]", "unknown key 'on_behalf'"),
        ([answer(), answer()], "responses[0].answers[1]", "already, in responses[0].answers[0]"),
        (
            [answer(recommendation="a-report/9")],
            "responses[0].answers[0].recommendation",
            "no recommendation",
        ),
        ([{"position": "accepted"}], "responses[0].answers[0].recommendation", "it is missing"),
        ([answer(draft=1)], "responses[0].answers[0].draft", "neither true nor false"),
    ],
)
def test_a_malformed_answer_is_refused(answers: list[Any], path: str, fix: str, tmp_path: Path) -> None:
    content = document()
    content["responses"][0]["answers"] = answers
    problems = refusal(tmp_path, content)
    assert any(each.path == path and fix.lower() in each.fix.lower() for each in problems), [
        str(each) for each in problems
    ]
    assert not Event.objects.exists()


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    content = document()
    content["bodies"][0]["kind"] = "army"
    content["bodies"][1]["colour"] = "blue"
    content["reports"][0]["dated_on"] = "soon"
    assert [each.path for each in refusal(tmp_path, content)] == [
        "bodies[0].kind",
        "bodies[1]",
        "reports[0].dated_on",
    ]


def test_all_names_that_lead_nowhere_are_told_at_once(tmp_path: Path) -> None:
    content = document()
    content["bodies"][0]["source"] = content["reports"][0]["regime"] = "nowhere"
    assert [each.path for each in refusal(tmp_path, content)] == ["bodies[0].source", "reports[0].regime"]


def test_all_rows_of_a_list_that_an_action_refuses_are_told_at_once(tmp_path: Path) -> None:
    content = document()
    content["sources"] += [
        {"ref": "a", "kind": "page", "title": "Without an address"},
        {"ref": "b", "kind": "page", "title": "Another"},
    ]
    assert [each.path for each in refusal(tmp_path, content)] == ["sources[1]", "sources[2]"]


@pytest.mark.parametrize(
    ("found", "fix"),
    [
        (b"", "not JSON"),
        (b"{", "line 1, column 2: not JSON"),
        (b"[]", "not an object"),
        (b'"form"', "not an object"),
        (b'{"form": 1, "form": 1}', "the key 'form' stands twice"),
        (b'{"form": NaN}', "NaN is not JSON"),
        (b'{"form": Infinity}', "Infinity is not JSON"),
        (b'{"form": ' + b"9" * 5000 + b"}", "Exceeds the limit"),
        (b'{"form": "\xff"}', "is not UTF-8"),
        (b"\x00\x01\x02", "not JSON"),
        (b"PK\x03\x04" + bytes(range(256)), "is not UTF-8"),
        (b'{"form": 1, "about": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deep"),
        (b'{"form": 1, "about": ' + b"[" * 20 + b"]" * 20 + b"}", "nested too deep"),
        (b" " * (LARGEST + 1), "larger than 16 MB"),
    ],
    ids=lambda value: str(value[:20]),
)
def test_what_is_no_file_of_ours_is_refused(found: bytes, fix: str, tmp_path: Path) -> None:
    [problem] = refusal(tmp_path, found)
    assert fix in problem.fix
    assert problem.file.endswith("register.json")


def test_a_file_that_is_not_there_and_a_folder_are_refused_together(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        load([tmp_path / "nowhere.json", tmp_path], by=LOADER, at=AT)
    assert [each.fix.partition(":")[0] for each in refused.value.problems] == ["it cannot be read"] * 2


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    assert loaded(tmp_path, b"\xef\xbb\xbf" + json.dumps(DOCUMENT).encode()).added == 23


def test_nonsense_of_many_problems_is_told_in_bounds(tmp_path: Path) -> None:
    content = {"form": 1, "bodies": [{"ref": f"body-{n}", "x" * 1000: 1} for n in range(3000)]}
    problems = refusal(tmp_path, content)
    assert len(problems) == 200
    assert max(len(str(each)) for each in problems) < 1000


def paths_of(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in the small file."""
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    return [path, *(each for key, child in children for each in paths_of(child, (*path, key)))]


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.sampled_from(
        ["a-page", "2025-06-02", "by 2025", "excerpt", "unverified", "a-report/1", "north-police"]
    ),
    lambda few: st.lists(few, max_size=3) | st.dictionaries(st.text(max_size=8), few, max_size=3),
    max_leaves=5,
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(place=st.sampled_from(paths_of(DOCUMENT)), value=ANYTHING)
def test_whatever_stands_anywhere_the_file_is_loaded_or_refused(
    place: Any, value: Any, tmp_path: Path
) -> None:
    content: Any = document()
    if not place:
        content = value
    else:
        parent = content
        for key in place[:-1]:
            parent = parent[key]
        parent[place[-1]] = value
    file = written(tmp_path, content)
    with transaction.atomic():
        with contextlib.suppress(Refused):
            load([file], by=LOADER, at=AT)
        transaction.set_rollback(True)


def refusal(folder: Path, content: Any) -> list[Any]:
    with pytest.raises(Refused) as refused:
        loaded(folder, content)
    return list(refused.value.problems)
