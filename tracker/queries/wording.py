"""The public wording in SQL: the templates of `vocabulary/wording.py`, filled in by PostgreSQL.

`status_label` and `spoken` say the same in Python; one test compares them over every addressee of a register.
"""

from collections.abc import Mapping
from json import dumps
from string import Formatter

from psycopg.sql import Literal

from tracker.queries.references import NO_ARTICLE, SHORT_NAME, SPOKEN_AS_IT_STANDS
from tracker.queries.sql import joined
from tracker.vocabulary import (
    A_DAY,
    ACKNOWLEDGED,
    CONTESTED,
    DAYS,
    FOR_A_GROUP,
    FOR_IT,
    MOVED,
    MOVED_BECAUSE,
    OUR_READING,
    PARTS,
    REVIEWED,
    WORDINGS,
    Basis,
    Challenger,
    Position,
    Status,
    contesters,
)


def quoted(words: str) -> str:
    return Literal(str(words)).as_string(None).replace("%", "%%")


def filled(template: str, facts: Mapping[str, str]) -> str:
    """A template with its facts, each an expression; one that is null leaves nothing."""
    parts = []
    for words, name, _, _ in Formatter().parse(template):
        parts += [quoted(words)] if words else []
        parts += [facts[name]] if name else []
    return joined(parts) if parts else "''"


def day_words(day: str) -> str:
    """3 March 2026."""
    return f"to_char({day}, 'FMDD FMMonth YYYY')"


def days_words(days: str) -> str:
    return f"CASE WHEN {days} = 1 THEN {quoted(A_DAY)} ELSE {filled(DAYS, {'days': days})} END"


def position_words(position: str, basis: str) -> str:
    """`position_label`."""
    labels = " ".join(f"WHEN {quoted(each.value)} THEN {quoted(each.label)}" for each in Position)
    ours = f"{position} = {quoted(Position.REJECTED.value)} AND {basis} = {quoted(Basis.OUR_READING.value)}"
    reading = filled(OUR_READING, {"position": quoted(Position.REJECTED.label)})
    return f"CASE WHEN {ours} THEN {reading} ELSE CASE {position} {labels} END END"


def acknowledged_words(latest: str, precision: str) -> str:
    """`acknowledged_label`: when a holding reply came."""
    facts = {
        "day": day_words(latest),
        "month": f"to_char({latest}, 'FMMonth YYYY')",
        "year": f"to_char({latest}, 'YYYY')",
    }
    by_precision = " ".join(
        f"WHEN {quoted(known)} THEN {filled(words, facts)}" for known, words in ACKNOWLEDGED.items() if known
    )
    return f"CASE COALESCE({precision}, '') {by_precision} ELSE {quoted(ACKNOWLEDGED[''])} END"


def basis_words(basis: str, day: str, reason: str) -> str:
    """`moved_basis`, where the date was moved: where there is a reason, if only an empty one."""
    facts = {"basis": basis, "day": day_words(day), "reason": reason}
    moved = f"CASE WHEN {reason} > '' THEN {filled(MOVED_BECAUSE, facts)} ELSE {filled(MOVED, facts)} END"
    return f"CASE WHEN {reason} IS NULL THEN {basis} ELSE {moved} END"


def given_for_words(members_called: str) -> str:
    """On whose behalf: all forces, or it alone where the group is null."""
    group = filled(FOR_A_GROUP, {"members_called": members_called})
    return f"CASE WHEN {members_called} IS NULL THEN {quoted(FOR_IT)} ELSE {group} END"


def spoken_words(name: str, kind: str, other_names: str) -> str:
    """`spoken`: what a sentence calls a body."""
    short = (
        f"(SELECT o FROM unnest({other_names}) WITH ORDINALITY AS names (o, place) WHERE length(o) <= {SHORT_NAME}"
        f" AND upper(o) = o AND lower(o) <> o AND position(' ' IN o) = 0 ORDER BY place LIMIT 1)"
    )
    as_it_stands = " OR ".join(f"starts_with(lower(said), {quoted(start)})" for start in SPOKEN_AS_IT_STANDS)
    no_article = ", ".join(quoted(each.value) for each in NO_ARTICLE)
    return f"""(
        SELECT CASE WHEN {as_it_stands} OR (short IS NULL AND {kind} IN ({no_article})) THEN said
               ELSE 'the ' || said END
        FROM (SELECT CASE WHEN {other_names} <> '{{}}' THEN {short} END AS short) AS names,
             LATERAL (SELECT COALESCE(short, {name}) AS said) AS called
    )"""


def resting_words(rests: str, words: str) -> str:
    """Words that are not said while staff look into a challenge."""
    return f"CASE WHEN {rests} THEN {quoted(Status.UNDER_REVIEW.label)} ELSE {words} END"


def status_words(status: str, basis: str, facts: Mapping[str, str]) -> str:
    """`status_label`: `facts` are the expressions of those it takes, null where they are not there."""
    parts = {
        name: f"CASE WHEN {facts[fact]} IS NULL THEN {quoted(lacking)} ELSE {filled(there, facts)} END"
        for name, (fact, there, lacking) in PARTS.items()
    }
    wordings = " ".join(
        f"WHEN {quoted(each)} THEN {filled(words, {**facts, **parts})}" for each, words in WORDINGS.items()
    )
    said = f"CASE {status} {wordings} ELSE {position_words(status, basis)} END"
    behind = f"{facts['reviewed_on']} IS NOT NULL AND {status} <> {quoted(Status.UNDER_REVIEW.value)}"
    contested = f"CASE WHEN {facts['contested_by']} IS NOT NULL THEN {filled(CONTESTED, facts)} END"
    return f"concat({said}, CASE WHEN {behind} THEN {filled(REVIEWED, facts)} END, {contested})"


def contesters_words(contested_by: str) -> str:
    """`contesters` of a list of words in JSON; null for none."""
    both = [each.value for each in Challenger]
    cases = " ".join(
        f"WHEN {quoted(dumps(few, separators=(',', ':')))} THEN {quoted(contesters(few))}"
        for few in (both[:1], both[1:], both)
    )
    return f"CASE {contested_by}::text {cases} END"
