"""The public wording in SQL: PostgreSQL fills in the templates of `vocabulary/wording.py`.

Where what decides is a closed set (a position and its basis, a precision), each label is made by the vocabulary
itself and stands in the statement as a constant: there is no second rule. One test compares every case.
"""

from collections.abc import Callable, Mapping, Sequence

from tracker.queries.sql import Sql, joined, sql, text
from tracker.vocabulary import Basis, Position, days_label, position_label
from tracker.vocabulary.wording import (
    ACKNOWLEDGED_WORDING,
    HELD_WORDING,
    STATUS_WORDING,
    deciding,
    in_a_sentence,
    parts_of,
)

DAY, MONTH, YEAR = "FMDD FMMonth YYYY", "FMMonth YYYY", "YYYY"


def day_words(day: str) -> Sql:
    """A day as people write it; empty for none."""
    return Sql(f"coalesce(to_char({day}, '{DAY}'), '')")


def position_words(position: str, basis: str, *, shape: Callable[[str], str] = str) -> Sql:
    """The label of a position (a column) and its basis (a column); null without a position."""
    cases = [
        Sql(f"WHEN {position} = '{word}' AND {basis} = '{whose}' THEN {text(shape(position_label(word, whose))).text}")
        for word in Position.values
        for whose in Basis.values
    ]
    return sql("CASE {cases} END", cases=joined(cases, " "))


def acknowledged_words(latest: str, precision: str) -> Sql:
    """When a holding reply came: `precision` is null or empty where no date of it is known."""
    slots = {
        name: Sql(f"to_char({latest}, '{form}')")
        for name, form in (("day", DAY), ("month", MONTH), ("year", YEAR))
    }
    cases = [
        sql("WHEN {it} THEN {words}", it=f"{precision} = '{known}'", words=_filled(template, slots))
        for known, template in ACKNOWLEDGED_WORDING.items()
        if known
    ]
    return sql("CASE {cases} ELSE {none} END", cases=joined(cases, " "), none=text(ACKNOWLEDGED_WORDING[""]))


def status_words(status: str, basis: str, slots: Mapping[str, Sql]) -> Sql:
    """The label of a status (a column), with the SQL of what may stand in the slots of its wording."""
    cases = [
        sql("WHEN {status} = '{word}' THEN {words}", status=status, word=word, words=fitting(templates, slots))
        for word, templates in STATUS_WORDING.items()
    ]
    return sql("CASE {cases} ELSE {plain} END", cases=joined(cases, " "), plain=position_words(status, basis))


def position_in_a_sentence(position: str, basis: str) -> Sql:
    return position_words(position, basis, shape=in_a_sentence)


def days_words(days: str) -> Sql:
    """A number of days in words that agree with it."""
    one, many = days_label(1), days_label(2).replace("2", "", 1)
    return sql("CASE WHEN {n} = 1 THEN {one} ELSE {n} || {many} END", n=days, one=text(one), many=text(many))


def held_words(acknowledged: Sql) -> Sql:
    """What is added while only a holding reply is there; empty where there is none."""
    return fitting(HELD_WORDING, {"acknowledged": acknowledged})


def fitting(templates: Sequence[str], slots: Mapping[str, Sql]) -> Sql:
    """`vocabulary.wording.fill` in SQL: the first template whose deciding slots all have a value."""
    *choices, last = templates
    cases = [
        sql(
            "WHEN {there} THEN {words}",
            there=joined([sql("{slot} <> ''", slot=slots[name]) for name in deciding(each)], " AND "),
            words=_filled(each, slots),
        )
        for each in choices
    ]
    if not cases:
        return _filled(last, slots)
    return sql("CASE {cases} ELSE {last} END", cases=joined(cases, " "), last=_filled(last, slots))


def _filled(template: str, slots: Mapping[str, Sql]) -> Sql:
    pieces = [slots[part] if is_slot else text(part) for part, is_slot in parts_of(template)]
    return sql("concat({pieces})", pieces=joined(pieces or [text("")], ", "))
