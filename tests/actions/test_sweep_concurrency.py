"""Four sweeps at once against four clerks who record answers: the row that both lock decides."""

import time
from collections import Counter
from typing import Any

import pytest

from tests.alerts.world import AT, make_asked, make_letter, sweep
from tests.faults.at_once import at_once
from tracker.actions import deadlines
from tracker.ledger.check import check_ledger
from tracker.models import Addressee, Answer, Event
from tracker.vocabulary import Position

pytestmark = pytest.mark.django_db(transaction=True)

CLERKS = SWEEPS = 4
POSITIONS = [Position.ACCEPTED, Position.REJECTED, Position.NOTED, Position.DISPUTED]


@pytest.fixture(autouse=True)
def slow_sweeps(monkeypatch: pytest.MonkeyPatch) -> None:
    """One row at a time, with pauses: a whole sweep would be over before a clerk has saved once."""
    batch = deadlines._sweep_batch

    def slowly(*arguments: Any) -> int:
        time.sleep(0.1)
        return batch(*arguments)

    monkeypatch.setattr(deadlines, "_sweep_batch", slowly)
    monkeypatch.setattr(deadlines, "SWEEP_BATCH", 1)


def race(addressees: list[Addressee], *, answered: str) -> dict[int, str]:
    """Each clerk answers two of three of its addressees while the sweeps run; what they entered, by addressee."""
    entered: dict[int, str] = {}
    done: list[int] = []

    def clerk(number: int) -> None:
        try:
            for place, addressee in enumerate(addressees[number::CLERKS]):
                if place % 3:
                    make_letter([addressee], position=POSITIONS[number], answered=answered)
                    entered[addressee.pk] = POSITIONS[number].value
        finally:
            done.append(number)

    def sweeping() -> None:
        while len(done) < CLERKS:
            sweep()

    at_once(*[lambda n=n: clerk(n) for n in range(CLERKS)], *[sweeping] * SWEEPS)
    sweep()
    return entered


def numbers(kind: str) -> dict[int, list[int]]:
    """The places in the ledger of the lines of a kind, by addressee."""
    found: dict[int, list[int]] = {}
    lines = Event.objects.filter(kind=kind).order_by("seal__number")
    of_answer = dict(Answer.objects.values_list("pk", "addressee"))
    for subject, number in lines.values_list("subject_id", "seal__number"):
        found.setdefault(of_answer[subject] if kind.startswith("answer.") else subject, []).append(number)
    return found


def the_truth_holds(addressees: list[Addressee], entered: dict[int, str], *, in_time: bool) -> None:
    missed, retracted = numbers("deadline.missed"), numbers("deadline.miss_retracted")
    recorded = numbers("answer.recorded")
    assert set(Counter(map(len, missed.values()))) <= {1}, "no deadline is recorded twice"
    for pk, [number] in missed.items():
        assert pk not in recorded or number < recorded[pk][0], "nobody is flagged after answering"
    on_record = {answer.addressee_id: answer.position for answer in Answer.objects.public()}
    assert on_record == entered, "no answer is overwritten or lost"
    flagged = set(Addressee.objects.exclude(answer_missed_on=None).values_list("pk", flat=True))
    silent = {addressee.pk for addressee in addressees} - set(entered)
    assert silent <= flagged, "no silence is overlooked"
    if in_time:
        assert flagged == silent, "an answer in time clears the flag"
        assert set(retracted) == set(missed) & set(entered)
    else:
        assert flagged == set(missed) and not retracted, "a late answer leaves the miss as it was"
    assert [str(fault) for fault in check_ledger()] == []


@pytest.mark.parametrize(("answered", "in_time"), [("2026-02-27", True), ("2026-03-02", False)])
def test_four_sweeps_against_four_clerks(answered: str, in_time: bool) -> None:
    addressees = make_asked(24, followed=False)
    entered = race(addressees, answered=answered)
    assert len(entered) == 16
    the_truth_holds(addressees, entered, in_time=in_time)


@pytest.mark.faults
@pytest.mark.parametrize("round_", range(10))
def test_four_sweeps_against_four_clerks_again_and_again(
    monkeypatch: pytest.MonkeyPatch, round_: int
) -> None:
    monkeypatch.setattr(deadlines, "SWEEP_BATCH", 1 + round_)
    addressees = make_asked(96, followed=False)
    in_time = bool(round_ % 2)
    entered = race(addressees, answered="2026-02-27" if in_time else "2026-03-02")
    the_truth_holds(addressees, entered, in_time=in_time)


def test_a_sweep_passes_over_whom_a_clerk_is_answering_and_comes_back() -> None:
    [held, free] = make_asked(2, followed=False)
    swept: list[int] = []

    def clerk() -> None:
        with deadlines.transaction.atomic():
            Addressee.objects.select_for_update().get(pk=held.pk)
            at_once(lambda: swept.append(sweep()), seconds=20)

    at_once(clerk)
    assert swept == [1]
    assert Event.objects.get(kind="deadline.missed").subject_id == free.pk
    assert sweep() == 1
    assert sweep(AT) == 0
