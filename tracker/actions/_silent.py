"""What must hold before a silence is said to be one, and saying it. Private to `tracker.actions`."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError

from tracker.actions._clocks import lock, settle
from tracker.actions._visibility import public_ids
from tracker.actions._writing import Change, Writing, change, told
from tracker.ledger import Actor, line_about
from tracker.models import Addressee, SecondingLink, Silence, User
from tracker.queries.days import register_day
from tracker.queries.drafts import held_clocks
from tracker.queries.facts import public_records
from tracker.statuses import RECHECK_AFTER, status_on
from tracker.vocabulary import Clock, EventKind, Status


def confirm_silences(*, silences: Sequence[Silence], by: Actor, at: datetime) -> None:
    """A second person agrees: see `silences.second_silences`."""
    user = person_behind(by)
    today = register_day(at)
    rows = {row.pk: row for row in lock([silence.addressee for silence in silences])}
    for silence in silences:
        if silence.proposed_by_id == user.pk:
            raise ValidationError(
                {"seconded_by": ["Another person than the one who proposed it must agree."]}
            )
        if not silence.is_draft:
            raise ValidationError({"silences": ["This silence is no longer waiting for a second person."]})
        if today <= silence.answer_by:
            raise ValidationError(
                {
                    "answer_by": [
                        f"The body has until {silence.answer_by.isoformat()}: wait for that day to end."
                    ]
                }
            )
    _nobody_disagreed(silences)
    _check_holds(silences, today)
    must_be_silent(dict.fromkeys(rows.values(), today))
    writing = Writing(by, at)
    # The proposal is told in private; what the public sees is one full line for each.
    change(
        [Change(silence, {"seconded_by": user, "published_at": at}) for silence in silences],
        writing,
        kind=EventKind.SILENCE_CONFIRMED,
        occurred_on=today,
        public=set(),
    )
    writing.append(
        [
            line_about(
                silence,
                EventKind.SILENCE_CONFIRMED,
                occurred_on=silence.found_by.checked_on,
                is_public=True,
                **told(silence),
            )
            for silence in silences
        ]
    )
    settle(rows, writing)


def _check_holds(silences: Sequence[Silence], today: date) -> None:
    """Raises ValidationError where the check that a silence stands on is no longer public, or too old by now."""
    checks = [silence.found_by for silence in silences]
    public = public_ids(checks)
    for check in checks:
        if check.pk not in public:
            why = "is no longer on record"
        elif today - check.checked_on > RECHECK_AFTER:
            why = f"is more than {RECHECK_AFTER.days} days old"
        else:
            continue
        raise ValidationError(
            {
                "silences": [
                    f"The check of {check.checked_on.isoformat()} {why}: look again, and propose it anew."
                ]
            }
        )


def _nobody_disagreed(silences: Sequence[Silence]) -> None:
    """Raises ValidationError where somebody who was asked by link did not agree: it is proposed anew, or dropped."""
    refused = (
        SecondingLink.objects.filter(silences__in=silences, agreed=False).select_related("person").first()
    )
    if refused is not None:
        said = f": “{refused.words}”" if refused.words else ""
        raise ValidationError(
            {
                "silences": [
                    f"{refused.person} does not agree{said}. Withdraw it; if the silence holds, propose it again."
                ]
            }
        )


def person_behind(by: Actor) -> User:
    """The account behind an action that a person answers for."""
    if by.user is None:
        raise ValidationError("A person must confirm a silence: no rule does it by itself.")
    return by.user


def must_be_silent(on: Mapping[Addressee, date]) -> None:
    """Raises ValidationError unless each addressee is overdue on its day, with no draft that might answer."""
    records = public_records(list(on))
    held = held_clocks(records)[Clock.ANSWER]
    for addressee, day in on.items():
        if addressee.under_review_since is not None:
            raise ValidationError(
                {
                    "addressee": [
                        f"{addressee} is under review: end the review before its silence is confirmed."
                    ]
                }
            )
        if status_on(records[addressee.pk].facts(), day) not in (Status.OVERDUE, Status.IGNORED):
            raise ValidationError(
                {
                    "addressee": [
                        f"{addressee} is not overdue on {day.isoformat()}: its silence cannot be confirmed."
                    ]
                }
            )
        if records[addressee.pk].found_since(date.min):
            raise ValidationError(
                {
                    "addressee": [
                        f"A check found an answer of {addressee}: record it, or look again, and confirm then."
                    ]
                }
            )
        if addressee.pk in held:
            raise ValidationError(
                {
                    "addressee": [
                        f"A draft answer or extension to {addressee} waits: publish or withdraw it first."
                    ]
                }
            )
