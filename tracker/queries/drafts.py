"""Whose clocks rest, since somebody is entering what may show that nothing was missed. For staff and sweeps only."""

from collections.abc import Mapping
from functools import cache

from django.db.models import F, Value

from tracker.models import Answer, Extension
from tracker.queries.facts import PublicRecord
from tracker.queries.sql import IDS, Among, Prepared, array, named_ids, written_out
from tracker.vocabulary import Clock


def held_clocks(records: Mapping[int, PublicRecord]) -> dict[Clock, set[int]]:
    """By clock, the addressees whose answers or extensions are drafts: entered, not withdrawn, and not public."""
    shown = {answer.pk for record in records.values() for answer in record.answers}
    moved = {extension.pk for record in records.values() for extension in record.extensions}
    held: dict[Clock, set[int]] = {clock: set() for clock in Clock}
    values = {"ids": array(records), "answers": array(shown), "extensions": array(moved)}
    for clock, addressee in _held().rows(values, anew=True):
        held[Clock(clock)].add(addressee)
    return held


@cache
def _held() -> Prepared:
    """The clock and the addressee of each draft, given those that are public."""
    answers = Answer.objects.filter(Among(F("addressee"), IDS), holding=False, withdrawn_at=None)
    answers = answers.filter(response__withdrawn_at=None).exclude(Among(F("pk"), named_ids("answers")))
    extensions = Extension.objects.filter(Among(F("addressee"), IDS), withdrawn_at=None)
    extensions = extensions.exclude(Among(F("pk"), named_ids("extensions")))
    of_answers = written_out(answers.order_by().values_list(Value(Clock.ANSWER.value), "addressee"))
    return Prepared(
        f"{of_answers} UNION ALL {written_out(extensions.order_by().values_list('clock', 'addressee'))}"
    )
