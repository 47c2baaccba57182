"""Whose clocks rest, since somebody is entering what may show that nothing was missed. For staff and sweeps only."""

from collections.abc import Mapping

from tracker.models import Answer, Extension
from tracker.queries.facts import PublicRecord
from tracker.vocabulary import Clock


def held_clocks(records: Mapping[int, PublicRecord]) -> dict[Clock, set[int]]:
    """By clock, the addressees whose answers or extensions are drafts: entered, not withdrawn, and not public."""
    shown = {answer.pk for record in records.values() for answer in record.answers}
    moved = {extension.pk for record in records.values() for extension in record.extensions}
    ids = list(records)
    answers = Answer.objects.filter(
        addressee__any_of=ids, holding=False, withdrawn_at=None, response__withdrawn_at=None
    ).exclude(pk__any_of=shown)
    extensions = Extension.objects.filter(addressee__any_of=ids, withdrawn_at=None).exclude(pk__any_of=moved)
    held: dict[Clock, set[int]] = {clock: set() for clock in Clock}
    held[Clock.ANSWER].update(answers.values_list("addressee", flat=True))
    for clock, addressee in extensions.values_list("clock", "addressee"):
        held[Clock(clock)].add(addressee)
    return held
