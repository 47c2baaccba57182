"""Is a notice still worth telling? Asked before each attempt: what is no longer true or public is not sent."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from tracker.alerts.news import (
    CORRECTED_WORDS,
    CORRECTS,
)
from tracker.models import (
    Addressee,
    Answer,
    Assessment,
    Challenge,
    Check,
    Event,
    Extension,
    Link,
    Message,
    MessageState,
    Notice,
    Response,
    Silence,
)
from tracker.queries.drafts import held_clocks
from tracker.queries.facts import PublicRecord, public_records
from tracker.queries.promises import act_by_in_force, promise_missed
from tracker.statuses import answer_due, current_answer, is_delivered
from tracker.vocabulary import Clock, EventKind, News, Noun, Step

# What the public may see of each kind of subject; the rest is told while its addressee is public.
_FACTS = {
    Noun.ADDRESSEE.value: Addressee,
    Noun.ANSWER.value: Answer,
    Noun.ASSESSMENT.value: Assessment,
    Noun.EXTENSION.value: Extension,
    Noun.RESPONSE.value: Response,
    Noun.SILENCE.value: Silence,
    Noun.LINK.value: Link,
    Noun.CHALLENGE.value: Challenge,
    Noun.CHECK.value: Check,
}
_WITHDRAWN = f".{Step.WITHDRAWN}"
# While staff look into a challenge, nothing of this is said of a body; nor an answer, which the register may misread.
ADVERSE = {
    News.ANSWERED,
    News.DEADLINE_MISSED,
    News.DELIVERED,
    News.PROMISE_MISSED,
    News.SILENCE_CONFIRMED,
    News.STATUS_CHANGED,
}
# Told while it lasts: whether it still does stands in the record of the addressee.
_LASTING = {
    EventKind.DEADLINE_MISSED.value,
    EventKind.PROMISE_MISSED.value,
    EventKind.SILENCE_CONFIRMED.value,
}


# A mail tells how these are now, not how they were.
_STATES = (News.STATUS_CHANGED.value, News.DEADLINE_MOVED.value)


class Subject(NamedTuple):
    """Of the line that a notice tells: what it is and what it is about."""

    kind: str
    subject_type: str
    subject_id: int
    is_public: bool
    occurred_on: date | None


class Waiting(NamedTuple):
    """A notice of calls, as far as its verdict needs it: ten times as cheap to read as the row itself."""

    pk: int
    message_id: int
    news: str
    addressee_id: int | None
    clock: str
    due_on: date | None
    days_before: int | None
    told: bool
    corrects_id: int | None
    corrects: Notice | None
    event: Subject | None


_OF_NOTICE = Waiting._fields[:9]
_OF_LINE = ("event", *(f"event__{name}" for name in Subject._fields))
# A mail reads its notices whole; a call needs no more than this.
Asked = Notice | Waiting


def waiting_in(messages: Collection[int]) -> list[Waiting]:
    """The notices that wait in some messages. One query, and one where a correction is among them."""
    few = Notice.objects.filter(message__in=messages, dropped_because="")
    rows = list(few.order_by("pk").values_list(*_OF_NOTICE, *_OF_LINE))
    earlier = {row[8] for row in rows} - {None}
    corrected = Notice.objects.select_related("message").in_bulk(earlier) if earlier else {}
    width = len(_OF_NOTICE)
    return [
        Waiting._make(
            (*row[:width], corrected.get(row[8]), Subject(*row[width + 1 :]) if row[width] else None)
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Verdict:
    """Tell it now; or not yet, or never, and why."""

    why_not: str = ""
    later: bool = False
    # It is under review: not said again either, though an earlier attempt may have arrived.
    rests: bool = False

    @property
    def tell(self) -> bool:
        return not self.why_not


TELL = Verdict()
NO_LONGER_PUBLIC = "it is no longer public"
WITHOUT_ROLE = Verdict("the account has no role any more")
OVERTAKEN = Verdict("it has changed again since, which is told instead")


@dataclass(frozen=True)
class _Known:
    """What is on record now about the subjects of some notices."""

    public: dict[str, set[int]]
    records: dict[int, PublicRecord]
    held: dict[Clock, set[int]]
    reviewed: set[int]
    shown: set[int]
    on: date


def verdicts(notices: Sequence[Asked], *, on: date) -> dict[int, Verdict]:
    """The verdict on each notice, by its id, on a day. A fixed number of queries, fewer where few kinds are asked."""
    lasting = {n.addressee_id for n in notices if n.addressee_id and _is_lasting(n)}
    adverse = {n.addressee_id for n in notices if n.addressee_id and n.news in ADVERSE}
    records = _records(lasting) if lasting else {}
    others = {n.addressee_id for n in notices if n.addressee_id and n.event and _is_of_another(n.event)}
    known = _Known(
        public=_public([n.event for n in notices if n.event]),
        records=records,
        held=held_clocks(records) if records else {clock: set() for clock in Clock},
        reviewed=_under_review(adverse) if adverse else set(),
        shown={*Addressee.objects.public().filter(pk__in=others).values_list("pk", flat=True)}
        if others
        else set(),
        on=on,
    )
    return {notice.pk: _verdict(notice, known) for notice in notices}


def overtaken(notices: Sequence[Notice], *, on: date) -> set[int]:
    """The ids of notices whose reader is told a later state of the same: a mail says how it is shown now, once.

    Told indeed: a later one that is no longer true overtakes nothing.
    """
    told = [n for n in notices if n.news in _STATES and not n.told and n.addressee_id]
    if not told:
        return set()
    later = Notice.objects.filter(
        pk__gt=min(n.pk for n in told),
        subscription__in={n.subscription_id for n in told},
        addressee__in={n.addressee_id for n in told},
        news__in=_STATES,
        dropped_because="",
    )
    rows = list(later.select_related("event", "corrects__message").order_by("pk"))
    found = verdicts(rows, on=on)
    last = {
        (n.subscription_id, n.addressee_id, n.news): n.pk
        for n in rows
        if n.told or found[n.pk].tell or found[n.pk].later
    }
    return {n.pk for n in told if n.pk < last.get((n.subscription_id, n.addressee_id, n.news), 0)}


def _is_lasting(notice: Asked) -> bool:
    if notice.event is None:
        return notice.days_before is not None
    return notice.event.kind in _LASTING or notice.news == News.PROMISE_MISSED


def _is_of_another(event: Event | Subject) -> bool:
    """Is it about something that is public of itself, whether its addressees are or not?"""
    return event.is_public and event.subject_type not in _FACTS


def _public(events: Sequence[Event | Subject]) -> dict[str, set[int]]:
    """The subjects of these lines that the public sees, by kind."""
    found: dict[str, set[int]] = {}
    for noun in {event.subject_type for event in events}:
        model = _FACTS.get(noun)
        if model:
            ids = {event.subject_id for event in events if event.subject_type == noun}
            found[noun] = set(model.objects.public().filter(pk__in=ids).values_list("pk", flat=True))
    return found


def _records(addressees: Collection[int]) -> dict[int, PublicRecord]:
    """What the public is shown of those addressees that it is shown at all."""
    public = Addressee.objects.public().filter(pk__in=addressees)
    return public_records(public.select_related("recommendation"))


def _under_review(addressees: Collection[int]) -> set[int]:
    """Those of whom a challenge is being looked into."""
    reviewed = Addressee.objects.filter(pk__in=addressees, under_review_since__isnull=False)
    return set(reviewed.values_list("pk", flat=True))


def _verdict(notice: Asked, known: _Known) -> Verdict:
    event = notice.event
    if event is None:
        return _on_reminder(notice, known) if notice.days_before is not None else TELL
    if event.kind in CORRECTS and (notice.corrects_id or not event.is_public):
        return _on_correction(notice, known)
    if notice.news in ADVERSE and notice.addressee_id in known.reviewed:
        return Verdict("staff are looking into a challenge", later=True, rests=True)
    if event.kind.endswith(_WITHDRAWN) or event.kind == EventKind.SILENCE_RETRACTED:
        again = event.subject_id in known.public.get(event.subject_type, set())
        return Verdict("it was published again since") if again else TELL
    if event.kind in (EventKind.DEADLINE_MISSED, EventKind.PROMISE_MISSED):
        return _on_miss(event, known)
    if event.subject_type in known.public and event.subject_id not in known.public[event.subject_type]:
        return Verdict(_no_longer(event))
    if notice.addressee_id and _is_of_another(event) and notice.addressee_id not in known.shown:
        return Verdict(NO_LONGER_PUBLIC)
    return _while_it_lasts(notice, event, known)


def _no_longer(event: Event | Subject) -> str:
    if event.subject_type == Noun.ANSWER:
        return "the answer was withdrawn since"
    return NO_LONGER_PUBLIC if event.kind != EventKind.SILENCE_CONFIRMED else "the silence was retracted"


def _while_it_lasts(notice: Asked, event: Event | Subject, known: _Known) -> Verdict:
    """A silence and a broken promise are told while they last; everything else that is public is told."""
    if event.kind != EventKind.SILENCE_CONFIRMED and notice.news != News.PROMISE_MISSED:
        return TELL
    record = known.records.get(notice.addressee_id or 0)
    if record is None:
        return Verdict(NO_LONGER_PUBLIC)
    if event.kind == EventKind.SILENCE_CONFIRMED:
        over = current_answer(record.answer_facts(), known.on) is not None
        return Verdict("it was answered since") if over else TELL
    return TELL if promise_missed(record, known.on) else Verdict("no promise is missed")


def _on_miss(event: Event | Subject, known: _Known) -> Verdict:
    """A miss is told while it stands and the silence lasts."""
    record = known.records.get(event.subject_id)
    if record is None:
        return Verdict(NO_LONGER_PUBLIC)
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


def _on_reminder(notice: Asked, known: _Known) -> Verdict:
    """A deadline is announced while it is the one in force, is not over, and nothing has come."""
    record = known.records.get(notice.addressee_id or 0)
    if record is None:
        return Verdict(NO_LONGER_PUBLIC)
    if notice.clock == Clock.ANSWER:
        due = answer_due(record.facts(), known.on)
        over = current_answer(record.answer_facts(), known.on) is not None
    else:
        due = act_by_in_force(record, known.on)
        over = is_delivered(record.assessment_facts(), known.on)
    if due != notice.due_on:
        return Verdict("the deadline was moved since")
    if over:
        return Verdict("it was answered since" if notice.clock == Clock.ANSWER else "it was delivered since")
    return TELL if due and due >= known.on else Verdict("the deadline has passed")


def _on_correction(notice: Asked, known: _Known) -> Verdict:
    """Who was told the one thing is told the other, and nobody else.

    While the earlier mail is on its way, or its worker was killed, nobody knows: wait until it is settled. While
    it waits for another attempt it is not told: that attempt finds that it is no longer true. Where it stays true, and
    only its words are old, those go out first: a call tells its line as it was, at the first attempt too.
    """
    event, earlier = notice.event, notice.corrects
    assert event is not None  # a correction is a line
    if event.kind.endswith(_WITHDRAWN) and event.subject_id in known.public.get(event.subject_type, set()):
        return Verdict("it was published again since")
    in_words = event.kind in CORRECTED_WORDS
    message = earlier.message if earlier else None
    if earlier is not None and earlier.told:
        known_by_then = in_words and isinstance(notice, Notice) and _was_written_after(notice, message)
        return Verdict("what it corrects was written after it") if known_by_then else TELL
    if message is not None and message.pk != notice.message_id:  # else one digest would have told both
        if message.state == MessageState.SENDING:
            return Verdict("the notice it corrects is being sent", later=True)
        if in_words and message.state == MessageState.PENDING and (message.attempts or message.endpoint_id):
            return Verdict("the notice it corrects has old words and is not sent yet", later=True)
    return Verdict("the notice it corrects was never sent")


def _was_written_after(notice: Notice, earlier: Message | None) -> bool:
    """Was an earlier mail written, and sent, when the correction of it was on record? Then it said what is so."""
    return (
        earlier is not None
        and earlier.attempts == 1
        and earlier.sent_at is not None
        and earlier.sent_at >= notice.created_at
    )
