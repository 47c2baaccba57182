"""What real feeds do, and what an import must never do."""

from datetime import timedelta

import pytest

from tests.factories import STAFF, make_body
from tests.importing.world import (
    COLUMNS,
    NOW,
    ROW,
    again,
    applied,
    counts,
    csv_bytes,
    faults,
    feed,
    make_world,
    planned,
    problems,
    rows,
    with_lines,
)
from tracker.actions.correcting import correct
from tracker.importing import jobs
from tracker.importing.problems import Refused
from tracker.importing.profiles import profile_named, profile_names, read_profile
from tracker.models import Addressee, Answer, Assessment, Body, Event, ImportRow, Recommendation, Report
from tracker.vocabulary import ImportState

pytestmark = pytest.mark.django_db

KENT, ESSEX = "kent-police", "essex-police"


@pytest.fixture(autouse=True)
def world(db: None) -> None:
    make_world()


# --- Bodies -----------------------------------------------------------------------------------------------------


def test_a_cell_that_may_be_one_unknown_name_is_shown_whole() -> None:
    cell = "Office for Rail, Road and Tramways"
    of = planned(csv_bytes(rows({"Sent to": cell})))
    found = ImportRow.objects.get(of=of).problems
    assert [each["value"] for each in found] == ["Office for Rail", "Road and Tramways"]
    assert all(f"If “{cell}” is one name, give it to a body on record" in each["fix"] for each in found)
    make_body(cell)
    assert counts(again(csv_bytes(rows({"Sent to": cell})))) == {"new": 1}


def test_a_separator_inside_a_known_name_does_not_part_it() -> None:
    long = "Department of Health, Social Services and Public Safety"
    applied(planned(csv_bytes(rows({"Sent to": f"Kent Police, {long}; ESSEX POLICE"}))))
    found = set(Addressee.objects.values_list("body__name", flat=True))
    assert found == {"Kent Police", long, "Essex Police"}


def test_redacted_is_nobody() -> None:
    of = planned(csv_bytes(rows({"Sent to": "REDACTED"}, {"No": "2", "Sent to": "[Redacted]; Kent Police"})))
    assert counts(of) == {"rejected": 1, "new": 1}
    assert problems(of) == [(2, "Sent to", "nobody is addressed")]


def test_a_name_that_two_bodies_have_is_asked_for() -> None:
    make_body("Kent Police")
    of = planned(csv_bytes(rows({})))
    assert counts(of) == {"conflict": 1}
    assert set(of.names.get().nearest[:2]) == {"kent-police", "kent-police-2"}


def test_one_recommendation_on_many_rows_and_many_bodies_in_one_cell() -> None:
    profile = with_lines(("[bodies]", '[identity]\nrow = ["bodies"]\n\n[bodies]'))
    of = applied(planned(csv_bytes(rows({}, {"Sent to": "Essex Police; Home Office"})), profile))
    assert counts(of) == {"new": 2}
    assert Recommendation.objects.count() == 1
    assert Addressee.objects.count() == 3


def test_a_body_that_is_no_longer_named_stays_addressed() -> None:
    applied(
        planned(
            csv_bytes(rows({"Sent to": "Kent Police; Essex Police"}, *({"No": str(n)} for n in range(2, 14))))
        )
    )
    of = again(csv_bytes(rows({"Sent to": "Kent Police"}, *({"No": str(n)} for n in range(2, 14)))))
    assert counts(of) == {"conflict": 1, "same": 12}
    assert problems(of) == [(2, "Sent to", "it no longer names Essex Police")]
    applied(of)
    assert Addressee.objects.filter(withdrawn_at=None).count() == 14


# --- References and repeats -------------------------------------------------------------------------------------


def test_references_that_are_missing_or_stand_in_for_one() -> None:
    found = rows(
        {"No": "5.0"},
        {"No": "TBC", "Text": "Another ask."},
        {"No": "", "Text": "A third ask."},
        {"Ref": "n/a", "No": "1"},
    )
    of = applied(planned(csv_bytes(found)))
    assert counts(of) == {"new": 4}
    assert set(Recommendation.objects.values_list("number", flat=True)) == {"5", "", "1"}
    assert Report.objects.count() == 2
    assert counts(again(csv_bytes(found))) == {"same": 4}


def test_repeated_references_that_say_otherwise_are_a_conflict() -> None:
    of = planned(csv_bytes(rows({}, {}, {"Text": "Something else."})))
    assert counts(of) == {"new": 1, "same": 1, "conflict": 1}
    assert problems(of) == [(4, "No", "row 2 has the same identity, and says otherwise")]


def test_a_row_that_is_gone_changes_nothing() -> None:
    applied(planned(csv_bytes(rows({}, {"No": "2"}))))
    of = again(csv_bytes(rows({})))
    assert counts(of) == {"same": 1, "gone": 1}
    applied(of)
    assert Addressee.objects.filter(withdrawn_at=None).count() == 2


# --- Words and replies ------------------------------------------------------------------------------------------


def test_a_new_word_in_a_known_feed_is_a_conflict_with_a_fix() -> None:
    of = planned(csv_bytes(rows({"Status": "Parked"})))
    assert counts(of) == {"conflict": 1}
    assert problems(of) == [(2, "Status", "this word is not in the profile")]


def test_noted_is_noted_and_implemented_is_the_bodys_claim() -> None:
    found = rows({"Status": "Noted"}, {"No": "2", "Status": "Implemented"}, {"No": "3", "Reply": "See here."})
    applied(planned(csv_bytes(found)))
    positions = Answer.objects.values_list("addressee__recommendation__number", "position")
    assert dict(positions) == {"1": "noted", "2": "unread", "3": "unread"}
    assert [(a.view, a.implementation) for a in Assessment.objects.all()] == [("claimed", "implemented")]


@pytest.mark.parametrize("text", ["No response received.", "no reply", "N/A", "-"])
def test_a_reply_that_says_that_there_is_none_is_none(text: str) -> None:
    applied(planned(csv_bytes(rows({"Reply": text}))))
    assert not Answer.objects.exists()


def test_a_long_reply_stands_whole_in_the_note() -> None:
    text = "We agree. " * 1_100
    applied(planned(csv_bytes(rows({"Status": "Accepted", "Reply": text}))))
    answer = Answer.objects.get()
    assert len(answer.summary) == 5_000
    assert answer.note == text.strip()


def test_a_position_that_was_read_does_not_become_unread() -> None:
    applied(planned(csv_bytes(rows({"Status": "Accepted"}))))
    applied(again(csv_bytes(rows({"Status": "Implemented"}))))
    assert Answer.objects.get().position == "accepted"
    assert Assessment.objects.get().view == "claimed"


# --- What it must never do --------------------------------------------------------------------------------------


def test_a_blank_never_overwrites_a_value() -> None:
    profile = with_lines(('reply = "Reply"', 'reply = "Reply"\ntitle = "Title"'))
    columns = (*ROW, "Title")
    applied(
        planned(
            csv_bytes(rows({"Title": "A title", "Status": "Accepted", "Reply": "Yes."}), columns), profile
        )
    )
    of = again(
        csv_bytes(rows({"Title": "", "Text": "", "Status": "Accepted", "Reply": ""}), columns), profile
    )
    assert problems(of) == [(2, "Text", "nothing says what is asked")]
    of = again(csv_bytes(rows({"Title": "", "Status": "Accepted", "Reply": ""}), columns), profile)
    applied(of)
    assert Answer.objects.get().summary == "Yes."
    assert Recommendation.objects.get().text == ROW["Text"]


def test_what_staff_have_changed_is_not_overwritten() -> None:
    applied(planned(csv_bytes(rows({}))))
    fact = Recommendation.objects.get()
    correct(fact=fact, values={"text": "As printed."}, reason="As printed.", by=STAFF, at=NOW)
    of = again(csv_bytes(rows({"Text": "As the feed says now."})))
    assert counts(of) == {"conflict": 1}
    assert "somebody has changed it since the last import" in problems(of)[0][2]
    applied(of)
    assert Recommendation.objects.get().text == "As printed."


def test_what_staff_change_between_the_plan_and_its_application_is_not_overwritten() -> None:
    applied(planned(csv_bytes(rows({}, {"No": "2", "Text": "Another."}))))
    of = again(csv_bytes(rows({"Text": "As the feed says now."}, {"No": "2", "Text": "Another one."})))
    fact = Recommendation.objects.get(number="1")
    correct(fact=fact, values={"text": "As printed."}, reason="As printed.", by=STAFF, at=NOW)
    jobs.ask_apply(of)
    jobs.run(of.pk, clock=lambda: NOW + timedelta(minutes=3))
    of.refresh_from_db()
    assert of.state == ImportState.PLANNED
    assert "row 2, text: somebody has changed it since the last import" in of.said
    assert {ask.text for ask in Recommendation.objects.all()} == {"As printed.", "Another."}
    jobs.ask_plan(of, feed())
    jobs.run(of.pk, clock=lambda: NOW + timedelta(minutes=4))
    of.refresh_from_db()
    assert counts(of) == {"conflict": 1, "changed": 1}


WIDE = with_lines(
    ('reply = "Reply"', 'reply = "Reply"\nreplied_on = "On"\nreply_url = "Reply link"\nreport_url = "Link"')
)


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"Date": "1/1/2099"}, "Date", "1 January 2099 has not come yet"),
        ({"On": "1/1/2099"}, "On", "1 January 2099 has not come yet"),
        ({"On": "1/1/2020"}, "On", "it is before the date of the report"),
        ({"Link": "http://-nowhere-/x"}, "Link", "not an address"),
        ({"Reply link": "https://exa[mple"}, "Reply link", "not an address"),
    ],
)
def test_what_no_action_would_take_is_rejected_by_the_plan_and_holds_nothing_else_back(
    cells: dict[str, str], column: str, reason: str
) -> None:
    found = [{**ROW, "Status": "Accepted", **cells}, {**ROW, "Ref": "R2"}]
    of = planned(csv_bytes(found, (*COLUMNS, "On", "Link", "Reply link")), WIDE)
    assert counts(of) == {"rejected": 1, "new": 1}
    assert problems(of) == [(2, column, reason)]
    applied(of)


def test_a_word_that_tells_of_an_answer_beside_a_reply_that_says_there_is_none_is_a_conflict() -> None:
    of = planned(csv_bytes(rows({"Status": "Accepted", "Reply": "No response received."})))
    assert problems(of) == [
        (2, "Reply", "it says that there is no reply, and “Accepted” says what was replied")
    ]
    assert counts(of) == {"conflict": 1}


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"On": "3/1/2022"}, "“On”"),
        ({"On": "3/1/2022", "Reply link": "https://example.org/r"}, "“On”, “Reply link”"),
    ],
)
def test_a_reply_that_says_there_is_none_beside_one_that_was_found_is_a_conflict_and_no_answer(
    cells: dict[str, str], told: str
) -> None:
    found = [{**ROW, "Reply": "No response received.", **cells}]
    of = applied(planned(csv_bytes(found, (*COLUMNS, "On", "Link", "Reply link")), WIDE))
    assert problems(of) == [(2, "Reply", f"it says that there is no reply, and {told} tells of one")]
    assert not Answer.objects.exists()


def many(number: int = 20, **changed: str) -> list[dict[str, str]]:
    return rows(
        *({"No": str(n), "Status": "Accepted", "Text": f"Ask {n}.", **changed} for n in range(number))
    )


@pytest.mark.parametrize("broken", [{"Sent to": ""}, {"Status": "Open"}, {"Sent to": "REDACTED"}])
def test_a_feed_that_lost_its_bodies_or_answers_is_stopped(
    broken: dict[str, str],
) -> None:
    applied(planned(csv_bytes(many())))
    lines = Event.objects.count()
    found = many()
    for row in found[:3]:
        row |= broken
    of = again(csv_bytes([*found, *rows({"No": "new"})]))
    assert of.state == ImportState.STOPPED
    assert "3 of 20 known rows" in of.said
    with pytest.raises(ValueError, match="stopped"):
        jobs.ask_apply(of)
    assert Event.objects.count() == lines
    with pytest.raises(ValueError, match="say why"):
        jobs.override_stop(of, user=None, because="")
    jobs.override_stop(of, user=None, because="They were withdrawn by the court.")
    applied(of)
    assert of.overridden_because == "They were withdrawn by the court."
    assert Addressee.objects.filter(withdrawn_at=None).count() == 21
    assert Answer.objects.filter(withdrawn_at=None, position="accepted").count() == 20


def test_a_feed_whose_rows_are_told_apart_by_their_bodies_is_stopped_too() -> None:
    profile = with_lines(("[bodies]", '[identity]\nrow = ["bodies"]\n\n[bodies]'))
    applied(planned(csv_bytes(many()), profile))
    of = again(csv_bytes(many(**{"Sent to": ""})), profile)
    assert of.state == ImportState.STOPPED
    assert "20 of 20 known rows" in of.said


def test_a_feed_that_lost_its_references_is_stopped_before_all_is_entered_twice() -> None:
    applied(planned(csv_bytes(many())))
    of = again(csv_bytes(many(No="")))
    assert of.state == ImportState.STOPPED, (of.counts, of.said)
    assert "19 of 20 known rows are gone, and come again as new under other references" in of.said
    other = again(csv_bytes(rows(*({"No": str(n), "Text": f"Newer {n}."} for n in range(30, 50)))))
    assert other.state == ImportState.PLANNED, "other asks in a feed that shows the latest alone"


def test_rows_that_cannot_be_read_count_as_broken_if_they_lost_their_bodies() -> None:
    applied(planned(csv_bytes(many())))
    of = again(csv_bytes(many(**{"Sent to": "", "Date": "soon"})))
    assert counts(of) == {"rejected": 20}
    assert of.state == ImportState.STOPPED


def test_a_tenth_of_the_rows_may_be_broken_and_stay_as_they_were() -> None:
    applied(planned(csv_bytes(many())))
    found = many()
    for row in found[:2]:
        row["Sent to"] = ""
    of = again(csv_bytes(found))
    assert of.state == ImportState.PLANNED
    assert counts(of) == {"conflict": 2, "same": 18}


def test_a_plan_that_another_import_has_overtaken_is_not_applied() -> None:
    first = planned(csv_bytes(rows({})))
    second = again(csv_bytes(rows({"Text": "Otherwise."})))
    applied(second, at=NOW + timedelta(minutes=2))
    jobs.ask_apply(first)
    jobs.run(first.pk, clock=lambda: NOW + timedelta(minutes=3))
    first.refresh_from_db()
    assert first.state == ImportState.PLANNED
    assert "plan it again" in first.said
    assert Recommendation.objects.get().text == "Otherwise."


def test_what_a_feed_changes_is_corrected_and_added() -> None:
    applied(planned(csv_bytes(rows({}, {"No": "2", "Status": "Accepted", "Reply": "Yes."}))))
    changed = rows(
        {
            "Text": "Stop it now.",
            "Sent to": "Kent Police; Essex Police",
            "Status": "Rejected",
            "Reply": "No.",
        },
        {"No": "2", "Status": "Rejected", "Reply": "We think again."},
    )
    of = applied(again(csv_bytes(changed)))
    assert counts(of) == {"changed": 2}
    assert Recommendation.objects.get(number="1").text == "Stop it now."
    found = {a.addressee.ref: (a.position, a.summary) for a in Answer.objects.select_related("addressee")}
    assert found == {
        f"feed-r1/1/{KENT}": ("rejected", "No."),
        f"feed-r1/1/{ESSEX}": ("rejected", "No."),
        f"feed-r1/2/{KENT}": ("rejected", "We think again."),
    }
    assert faults() == []
    assert counts(again(csv_bytes(changed), minutes=5)) == {"same": 2}


# --- Profiles ---------------------------------------------------------------------------------------------------


def test_every_profile_of_the_folder_is_read() -> None:
    assert set(profile_names()) >= {"coroners", "safety-investigator", "human-rights-review", "register"}
    for name in profile_names():
        assert profile_named(name).name == name


@pytest.mark.parametrize(
    ("line", "other", "path"),
    [
        ('date_order = "dmy"', 'date_order = "ydm"', "date_order"),
        ('"Accepted" = "accepted"', '"Accepted" = "yes"', "statuses.Accepted.position"),
        ('"Accepted" = "accepted"', '"Accepted" = { verdict = "implemented" }', "statuses.Accepted.verdict"),
        ('"Accepted" = "accepted"', '"Accepted" = "deferred"', "statuses.Accepted.position"),
        ('verification = "secondary"', "publish = true", "publish"),
        ('bodies = "Sent to"', "", "columns.bodies"),
        ('text = "Text"', "", "columns.text"),
        ('title = "The feed"', "", "source"),
        ('name = "feed"', 'name = "The Feed"', "name"),
        ('name = "feed"', 'name = "feed"\nnonsense = 1', "nonsense"),
        ('name = "feed"', "name = ", ""),
    ],
)
def test_what_is_wrong_with_a_profile_is_told_with_its_place(line: str, other: str, path: str) -> None:
    text = feed().definition.replace(line, other, 1)
    with pytest.raises(Refused) as refused:
        read_profile(text, "feed")
    assert path in [each.path for each in refused.value.problems]


def test_a_profile_that_publishes_publishes_what_it_enters() -> None:
    profile = with_lines(('verification = "secondary"', 'verification = "secondary"\npublish = true'))
    applied(planned(csv_bytes(rows({"Status": "Accepted"})), profile))
    assert Addressee.objects.public().count() == 1
    assert Answer.objects.public().count() == 1
    assert faults() == []


def test_by_default_all_that_comes_in_is_a_draft() -> None:
    applied(planned(csv_bytes(rows({"Status": "Accepted"}))))
    assert not Addressee.objects.public().exists()
    assert Body.objects.public().count() == 5
    assert not Event.objects.filter(is_public=True, subject_type="report").exists()
    assert ImportRow.objects.filter(applied=True).count() == 1
