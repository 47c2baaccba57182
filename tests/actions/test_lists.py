"""Long lists are written in other ways than short ones: what comes of it is the same, and what is refused too."""

import string
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import AT, STAFF, make_body, make_recommendation, make_source
from tracker.actions import _rows
from tracker.actions._storable import _clean_all, clean
from tracker.actions.correcting import Correction, correct_all
from tracker.actions.entering import add_bodies, add_themes
from tracker.ledger.check import check_ledger
from tracker.models import Addressee, Answer, Body, Event, Recommendation, Report, Response, Source, Theme
from tracker.models.moulds import Mould
from tracker.vocabulary import BodyKind

MANY = _rows.FEW * 2


def bodies(number: int, source: Source) -> list[Body]:
    return [
        Body(
            ref=f"body-{n}",
            name=f'Body {n}, "the\tfirst"\n\\N of its kind · نص',
            kind=BodyKind.POLICE_FORCE if n % 2 else str(BodyKind.INSPECTORATE),
            other_names=["One", f"{n}; two"] if n % 3 else [],
            identifiers={"wikidata": "Q1"} if n % 5 == 0 else {},
            contacts=[{"purpose": "answers", "address": "a@example.org"}] if n % 7 == 0 else [],
            source=source if n % 2 else None,
            ended_on=None,
        )
        for n in range(number)
    ]


def stored(rows: Sequence[Body]) -> list[dict[str, Any]]:
    left_out = ("id", "ref", "updated_at")
    found = Body.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk").values()
    return [{name: value for name, value in row.items() if name not in left_out} for row in found]


@pytest.mark.django_db
def test_a_long_list_is_stored_as_a_short_one_is() -> None:
    source = make_source()
    long, short = bodies(MANY, source), bodies(MANY, source)
    for row in short:
        row.ref = f"short-{row.ref}"
    add_bodies(bodies=long, by=STAFF, at=AT)
    for row in short:
        add_bodies(bodies=[row], by=STAFF, at=AT)
    assert stored(long) == stored(short)
    assert [row.pk for row in long] == sorted(row.pk for row in long)
    assert not any(row._state.adding for row in long)
    lines = Event.objects.filter(subject_type="body", subject_id__in=[row.pk for row in long]).order_by("pk")
    assert [*lines.values_list("subject_id", flat=True)] == [row.pk for row in long]
    connection.check_constraints()
    assert [*check_ledger()] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("place", "values", "words"),
    [
        (9, {"name": "x" * 400}, "at most 300"),
        (9, {"kind": "nonsense"}, "not a valid choice"),
        (9, {"name": "a\x00b"}, "NUL"),
        (9, {"name": ""}, "cannot be blank"),
        (9, {"ref": "body-6"}, "This name is taken"),
        (9, {"other_names": ["x" * 900]}, "at most"),
    ],
)
def test_one_wrong_row_refuses_a_long_list_whole_and_in_words(
    place: int, values: dict[str, Any], words: str
) -> None:
    rows = bodies(MANY, make_source())
    before = Body.objects.count()
    for name, value in values.items():
        setattr(rows[place], name, value)
    with pytest.raises(ValidationError, match=words):
        add_bodies(bodies=rows, by=STAFF, at=AT)
    assert Body.objects.count() == before


@pytest.mark.django_db
def test_a_long_list_of_corrections_gives_each_row_its_own_values() -> None:
    rows = [Theme(name=f"Theme {n}") for n in range(MANY)]
    add_themes(themes=rows, by=STAFF, at=AT)
    wanted = [Correction(row, {"name": f'{row.name} "corrected"\\n \'{n}'}) for n, row in enumerate(rows)]
    assert correct_all(corrections=wanted, reason="As printed.", by=STAFF, at=AT) == MANY
    found = Theme.objects.in_bulk([row.pk for row in rows])
    assert [found[row.pk].name for row in rows] == [each.values["name"] for each in wanted]
    connection.check_constraints()
    assert [*check_ledger()] == []


@pytest.mark.django_db(transaction=True)
def test_rows_that_are_copied_without_a_line_are_refused_at_commit() -> None:
    with pytest.raises(IntegrityError, match="changed with no line"), transaction.atomic():
        _rows.insert(Theme, [Theme(ref=f"t-{n}", name=f"T {n}", updated_at=AT) for n in range(MANY)])


# --- The quick checks and the slow ones --------------------------------------------------------------------------

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 70_000),
    st.text(string.printable + "é\x00\ud800", max_size=330),
    st.sampled_from(
        ["", "accepted", "excerpt", "formal", "https://example.org/x", "not an address", "a-slug"]
    ),
    st.dates(date(1900, 1, 1)),
    st.just([]),
    st.just({}),
    st.lists(st.text(string.ascii_letters, max_size=5), max_size=2),
)


def _clean_one(fact: Any) -> None:
    clean([fact])


def verdict(check: Any, fact: Any) -> str:
    try:
        check(fact)
    except (ValidationError, TypeError, ValueError, RuntimeWarning) as error:
        return repr(error)
    return ""


@given(st.sampled_from([Addressee, Answer, Body, Recommendation, Report, Response, Source]), st.data())
def test_what_the_quick_checks_pass_the_slow_ones_pass_too(model: Any, data: st.DataObject) -> None:
    values = {
        "ref": "a-name", "name": "A name", "title": "A title", "text": "", "kind": "", "position": "noted",
        "verification": "excerpt", "recommendation_id": 1, "body_id": 1, "report_id": 1, "response_id": 1,
        "addressee_id": 1, "author_id": 1, "updated_at": AT, "recorded_at": AT, "published_at": None,
    }  # fmt: skip
    known = {field.attname for field in model._meta.concrete_fields}
    given = {name: value for name, value in values.items() if name in known}
    field = data.draw(
        st.sampled_from([f for f in model._meta.concrete_fields if f.name not in ("id", "file")])
    )
    given[field.attname] = data.draw(VALUES)
    quick, slow = (model(**given) for _ in range(2))
    assert verdict(_clean_one, quick) == verdict(_clean_all, slow)
    if not verdict(_clean_one, quick):
        assert quick.__dict__.keys() == slow.__dict__.keys()


# --- Moulds and long lists of values ------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_cast_row_is_as_one_that_was_made() -> None:
    asked = make_recommendation()
    body = make_body("Kent Police")
    mould = Mould(Addressee, answer_due_basis="x")
    cast, made = (
        mould.cast(recommendation=asked, body=body),
        Addressee(recommendation=asked, body=body, answer_due_basis="x"),
    )
    assert {**cast.__dict__, "_state": None} == {**made.__dict__, "_state": None}
    assert cast.recommendation is asked
    assert mould.cast(recommendation=asked, body=body)._state is not cast._state
    themes = Mould(Body, name="x")
    themes.cast().other_names.append("changed")
    assert themes.cast().other_names == []


@pytest.mark.django_db
def test_any_of_finds_what_in_finds() -> None:
    rows = [make_body(f"Body {n}") for n in range(4)]
    few = [rows[1].pk, rows[3].pk]
    assert [*Body.objects.filter(pk__any_of=few).order_by("pk")] == [rows[1], rows[3]]
    assert [*Body.objects.filter(ref__any_of=["body-2", "nobody", "x" * 400])] == [rows[2]]
    assert not Body.objects.filter(pk__any_of=[]).exists()
    assert not Addressee.objects.filter(body__any_of=few).exists()
    assert not Addressee.objects.filter(recommendation__report__source__any_of=few).exists()
