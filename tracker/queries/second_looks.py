"""What one person alone does not publish, who wrote it, and what waits for the second one.

Adverse is what says of a body that it did wrong, in words that are not its own:

- an answer that is our reading, and a refusal or a dispute (`ADVERSE_READINGS`);
- the register's verdict that nothing came of it (`ADVERSE_VERDICTS`);
- a check that found nothing done: it is what calls a body a breaker of its promise (tracker/queries/promises.py).

A confirmed silence is adverse too. It has its own, stricter way: `actions/silences.py`, always by two.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import orjson
from django.db.models import QuerySet

from tracker.models import Answer, Assessment, Check, Event, Fact, SecondLook
from tracker.vocabulary import ADVERSE_READINGS, ADVERSE_VERDICTS, Basis, Clock, Finding, Step, View
from tracker.vocabulary import fact_event as line_kind

# The fields that make a fact adverse: what is corrected besides them changes no claim.
CLAIMS: dict[type[Fact], frozenset[str]] = {
    Answer: frozenset({"position", "basis", "reason"}),
    Assessment: frozenset({"view", "implementation"}),
    Check: frozenset({"clock", "finding", "checked_on"}),
}
# Whose name stands in a line whose content was erased: it may have been anybody.
ANYBODY = "*"


def is_adverse(fact: Fact) -> bool:
    """Whether a fact, as it reads now, is one that two people must agree on."""
    match fact:
        case Answer():
            return fact.basis == Basis.OUR_READING and fact.position in ADVERSE_READINGS
        case Assessment():
            return fact.view == View.VERDICT and fact.implementation in ADVERSE_VERDICTS
        case Check():
            return fact.clock == Clock.ACT and fact.finding == Finding.NOTHING
    return False


def written_by(facts: Sequence[Fact]) -> dict[tuple[str, int], set[str]]:
    """The names of all who entered or corrected some facts, by noun and id. One query for each kind."""
    names: dict[tuple[str, int], set[str]] = defaultdict(set)
    for noun in {fact.noun for fact in facts}:
        lines = Event.objects.filter(
            subject_type=noun,
            subject_id__any_of=[fact.pk for fact in facts if fact.noun == noun],
            kind__in=[line_kind(noun, Step.RECORDED), line_kind(noun, Step.CORRECTED)],
        ).values_list("subject_id", "content__staff")
        for pk, said in lines:
            names[noun.value, pk].add(orjson.loads(bytes(said))["actor"] if said else ANYBODY)
    return names


def looks_waiting() -> QuerySet[SecondLook]:
    """The drafts that one person would have published, and that wait for another."""
    return SecondLook.objects.filter(ended_at=None)


def looks_at(facts: Iterable[Fact]) -> QuerySet[SecondLook]:
    """Those that wait among some facts of one kind."""
    few = list(facts)
    if not few:
        return SecondLook.objects.none()
    return looks_waiting().filter(noun=few[0].noun, fact_id__any_of=[fact.pk for fact in few])
