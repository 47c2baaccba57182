"""Is a notice still worth telling? Asked before each attempt: what is no longer true is not sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.models import Addressee, Answer, Event, MessageState, Notice
from tracker.queries.drafts import held_clocks
from tracker.queries.facts import PublicRecord, public_records
from tracker.statuses import current_answer, is_delivered
from tracker.vocabulary import Clock, EventKind, Noun, Step, fact_event

ANSWER_PUBLISHED = fact_event(Noun.ANSWER, Step.PUBLISHED)
ANSWER_WITHDRAWN = fact_event(Noun.ANSWER, Step.WITHDRAWN)

# Which earlier news a correction takes back.
CORRECTS: dict[str, str] = {
    EventKind.DEADLINE_MISS_RETRACTED.value: EventKind.DEADLINE_MISSED.value,
    EventKind.PROMISE_MISS_RETRACTED.value: EventKind.PROMISE_MISSED.value,
    ANSWER_WITHDRAWN: ANSWER_PUBLISHED,
}


@dataclass(frozen=True)
class Verdict:
    """Tell it now; or not yet, or never, and why."""

    why_not: str = ""
    later: bool = False

    @property
    def tell(self) -> bool:
        return not self.why_not


TELL = Verdict()


@dataclass(frozen=True)
class _Known:
    """What is on record now about the subjects of some notices."""

    public_answers: set[int]
    records: dict[int, PublicRecord]
    held: dict[Clock, set[int]]
    on: date


def verdicts(notices: Sequence[Notice], *, on: date) -> dict[int, Verdict]:
    """The verdict on each notice, by its id, on a day."""
    answers = {n.event.subject_id for n in notices if n.event.subject_type == Noun.ANSWER}
    missed = {
        n.event.subject_id
        for n in notices
        if n.event.subject_type == Noun.ADDRESSEE and n.event.kind not in CORRECTS
    }
    records = _records(missed) if missed else {}
    known = _Known(
        public_answers=set(Answer.objects.public().filter(pk__in=answers).values_list("pk", flat=True)),
        records=records,
        held=held_clocks(records),
        on=on,
    )
    return {notice.pk: _verdict(notice, known) for notice in notices}


def _records(addressees: set[int]) -> dict[int, PublicRecord]:
    """What the public is shown of those addressees that it is shown at all."""
    public = Addressee.objects.public().filter(pk__in=addressees)
    return public_records(public.select_related("recommendation"))


def _verdict(notice: Notice, known: _Known) -> Verdict:
    event = notice.event
    if event.kind in CORRECTS:
        return _on_correction(notice, known)
    if event.kind == ANSWER_PUBLISHED:
        return TELL if event.subject_id in known.public_answers else Verdict("the answer was withdrawn since")
    return _on_miss(event, known)


def _on_miss(event: Event, known: _Known) -> Verdict:
    """A miss is told while it stands and the silence lasts."""
    record = known.records.get(event.subject_id)
    if record is None:
        return Verdict("it is no longer public")
    if event.kind == EventKind.DEADLINE_MISSED:
        clock, missed = Clock.ANSWER, record.addressee.answer_missed_on
        over = current_answer(record.answer_facts(), known.on) is not None
    else:
        clock, missed = Clock.ACT, record.addressee.promise_missed_on
        over = is_delivered(record.assessment_facts(), known.on)
    if missed is None or event.occurred_on != missed + timedelta(days=1):
        return Verdict("it turned out to be no miss")
    if over:
        return Verdict("it was answered since" if clock == Clock.ANSWER else "it was delivered since")
    if event.subject_id in known.held[clock]:
        return Verdict("somebody is entering an answer or an extension", later=True)
    return TELL


def _on_correction(notice: Notice, known: _Known) -> Verdict:
    """Who was told the one thing is told the other, and nobody else.

    While the earlier mail is on its way, or its worker was killed, nobody knows: wait until it is settled. While
    it waits for another attempt it is not told: that attempt finds that it is no longer true.
    """
    earlier = notice.corrects
    if notice.event.kind == ANSWER_WITHDRAWN and notice.event.subject_id in known.public_answers:
        return Verdict("the answer was published again since")
    if earlier is not None and earlier.told:
        return TELL
    if earlier is not None and earlier.message.state == MessageState.SENDING:
        return Verdict("the notice it corrects is being sent", later=True)
    return Verdict("the notice it corrects was never sent")
