"""The sentences that are quoted: they read well, carry their denominators, and claim no more than the record."""

from collections import Counter
from datetime import date

import pytest

from tracker.models import Body
from tracker.queries.references import spoken
from tracker.queries.sentences import (
    dated,
    number,
    of_body,
    of_lineage,
    of_one,
    of_parts,
    of_recommendation,
    of_report,
)
from tracker.queries.tallies import Tally
from tracker.spans import parse_span
from tracker.vocabulary import BodyKind

ON = date(2026, 11, 22)
NPCC = Body(
    pk=7, name="National Police Chiefs' Council", other_names=["NPCC"], kind=BodyKind.NATIONAL_POLICING_BODY
)
SPEAKERS = {7: NPCC}


def tally(spoken_for: int = 0, **statuses: int) -> Tally:
    return Tally(Counter(statuses), Counter({7: spoken_for} if spoken_for else {}))


def said(one: Tally, called: str = "forces") -> str:
    return of_recommendation(one, called=called, speakers=SPEAKERS)


def test_the_real_case_to_the_letter() -> None:
    one = tally(
        43, accepted=2, deferral_ended=1, refers_elsewhere=1, disputed=1, unread=2, answered_for_it=36
    )
    assert dated(said(one), ON) == (
        "Of 43 forces, five have an answer of their own that was read, two one not read, 36 none found; "
        "the NPCC answered for all 43. As of 22 November 2026."
    )


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (tally(awaiting=43), "Of 43 forces, none has an answer of its own on record"),
        (
            tally(overdue=3, awaiting=1),
            "Of four forces, none has an answer of its own on record; for three of them the time to answer has passed",
        ),
        (
            tally(overdue=2, ignored=1),
            "Of three forces, none has an answer of its own on record; for all three the time to answer has passed, "
            "one of them checked and confirmed",
        ),
        (tally(accepted=3), "Of three forces, all have an answer of their own that was read"),
        (tally(accepted=1, rejected=1), "Of two forces, both have an answer of their own that was read"),
        (
            tally(accepted=1, awaiting=1),
            "Of two forces, one has an answer of its own that was read, for one none was found",
        ),
        (
            tally(accepted=1, unread=1, awaiting=11),
            "Of 13 forces, one has an answer of its own that was read, one has one not read, eleven none found",
        ),
        (
            tally(unread=1, awaiting=2),
            "Of three forces, one has an answer of its own that was not read, two none found",
        ),
        (
            tally(40, rejected=3, answered_for_it=40),
            "Of 43 forces, three have an answer of their own that was read, 40 none found; "
            "the NPCC answered for 40 of them",
        ),
        (tally(), "No body is on record as addressed"),
        (tally(awaiting=1200), "Of 1,200 forces, none has an answer of its own on record"),
    ],
)
def test_it_reads_well(one: Tally, words: str) -> None:
    assert said(one) == words


def test_nobody_counts_among_the_refusals_for_what_another_said() -> None:
    """36 forces for which the NPCC refused have none of their own."""
    one = tally(36, answered_for_it=36)
    assert (one.own_read, one.none_found) == (0, 36)
    assert said(one) == "Of 36 forces, none has an answer of its own on record; the NPCC answered for all 36"


def test_a_speaker_that_is_not_public_is_not_named() -> None:
    assert of_recommendation(tally(2, answered_for_it=2), called="forces", speakers={}) == (
        "Of two forces, none has an answer of its own on record"
    )


def test_one_body_and_an_ask_in_parts() -> None:
    one = of_one("the Home Office", "No response on record, 41 days after the deadline")
    assert one == "Put to one body, the Home Office: no response on record, 41 days after the deadline"
    assert dated(of_parts({"review": of_one("the Home Office", "Accepted"), "firewall": one}), ON) == (
        "Asked in two parts. Review: put to one body, the Home Office: accepted. Firewall: put to one body, the "
        "Home Office: no response on record, 41 days after the deadline. As of 22 November 2026."
    )


def test_of_reports_and_bodies() -> None:
    one = tally(30, accepted=9, unread=2, answered_for_it=30, overdue=1)
    assert of_report(one, speakers=SPEAKERS, on=ON) == (
        "Of 42 asks put to bodies, nine have an answer of the body's own that was read, two one not read, 31 none "
        "found; the NPCC answered for 30 of them; for one of them the time to answer has passed. "
        "As of 22 November 2026."
    )
    assert of_body(tally(accepted=1), "the Home Office", speakers={}, on=ON) == (
        "The one ask put to the Home Office has an answer of its own that was read. As of 22 November 2026."
    )
    assert of_body(tally(overdue=1), "Essex Police", speakers={}, on=ON) == (
        "The one ask put to Essex Police has no answer of its own on record; the time to answer has passed. "
        "As of 22 November 2026."
    )
    assert of_body(tally(), "Essex Police", speakers={}, on=ON) == (
        "No ask put to Essex Police is on record. As of 22 November 2026."
    )


def test_of_a_lineage() -> None:
    since = parse_span("2018-12-18")
    assert of_lineage(9, since, 5, on=ON) == (
        "Asked nine times since 18 December 2018; refused five times. As of 22 November 2026."
    )
    assert of_lineage(2, since, 1, on=ON).startswith("Asked twice since 18 December 2018; refused once.")
    assert of_lineage(1, since, 0, on=ON).startswith("Asked once, on 18 December 2018; no refusal on record.")
    assert of_lineage(1, since, 0, on_behalf=1, on=ON).startswith(
        "Asked once, on 18 December 2018; refused once by a body that answered for those asked, by none of them"
    )
    assert of_lineage(3, since, 2, on_behalf=1, on=ON).startswith(
        "Asked three times since 18 December 2018; refused twice, and once by a body that answered for those asked."
    )
    assert of_lineage(1, parse_span("2021-10"), 0, on=ON).startswith("Asked once, in October 2021;")
    assert of_lineage(13, parse_span("2021"), 2, on=ON).startswith(
        "Asked 13 times since 2021; refused twice."
    )


def test_numbers_up_to_twelve_are_words() -> None:
    assert [number(n) for n in (1, 12, 13, 1000)] == ["one", "twelve", "13", "1,000"]


@pytest.mark.parametrize(
    ("name", "kind", "others", "words"),
    [
        (
            "National Police Chiefs' Council",
            BodyKind.NATIONAL_POLICING_BODY,
            ["The chiefs", "NPCC"],
            "the NPCC",
        ),
        ("Home Office", BodyKind.GOVERNMENT_DEPARTMENT, [], "the Home Office"),
        ("Essex Police", BodyKind.POLICE_FORCE, [], "Essex Police"),
        ("Metropolitan Police Service", BodyKind.POLICE_FORCE, ["MPS"], "the MPS"),
        ("HM Inspectorate of Constabulary", BodyKind.INSPECTORATE, [], "HM Inspectorate of Constabulary"),
        ("The Law Society", BodyKind.PROFESSIONAL_BODY, [], "The Law Society"),
    ],
)
def test_bodies_are_called_what_people_call_them(
    name: str, kind: BodyKind, others: list[str], words: str
) -> None:
    assert spoken(Body(name=name, kind=kind, other_names=others)) == words
