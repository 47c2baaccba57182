"""What is contested, and what is under review, travels with the claim in every representation."""

from datetime import date, timedelta
from typing import Any

import orjson
import pytest
from django.test import Client

from tests.api.conftest import AT, Register, seal, taken
from tests.api.test_exports import same
from tests.factories import STAFF, make_answer, make_assessment, make_challenge, make_check, make_user
from tracker.actions.challenges import settle_challenges
from tracker.actions.reviews import begin_review, end_review
from tracker.models import Addressee, Answer, Challenge
from tracker.queries.addressees import describe
from tracker.queries.exports import COLUMNS
from tracker.queries.listed_documents import addressee_documents
from tracker.queries.shapes import as_json
from tracker.queries.terms import standings
from tracker.vocabulary import ChallengeAbout, ChallengeOutcome, Challenger, View

pytestmark = pytest.mark.django_db
ROOT = "https://register.example/api/v1/"
DAY = AT.date()


def asked(client: Client, place: str) -> Any:
    return orjson.loads(taken(client.get(f"/api/v1/{place}")))


def shown(addressee: Addressee, on: date = DAY) -> Any:
    """An addressee both ways, which must agree."""
    [described] = orjson.loads(orjson.dumps(as_json(describe([addressee], on), ROOT)))
    assert orjson.loads(addressee_documents([addressee.pk], on, ROOT)) == [described]
    return described


def fresh(addressee: Addressee) -> Addressee:
    return Addressee.objects.select_related("recommendation__report", "body").get(pk=addressee.pk)


def test_a_challenge_stands_beside_the_record_and_changes_none_of_it(
    client: Client, register: Register
) -> None:
    one = register.addressees[0]
    before = shown(fresh(one))
    make_challenge(one, words="We <b>never</b> said so.\nNot once.")
    seal()
    after = shown(fresh(one))
    told = after.pop("challenges")
    assert [(each["words"], each["by_whom"], each["body"]["id"], each["outcome"]) for each in told] == [
        ("We <b>never</b> said so.\nNot once.", "body", "force-a", None)
    ]
    assert (after.pop("contested"), after.pop("contested_by")) == (True, ["body"])
    assert after.pop("status_label") == f"{before.pop('status_label')}; contested by the body"
    for name in ("contested", "contested_by", "challenges", "updated_at"):
        before.pop(name)
    after.pop("updated_at")
    assert after == before
    assert asked(client, f"addressees/{one.ref}/")["contested_by"] == ["body"]


def test_each_subject_is_told_where_it_is_shown(client: Client, register: Register) -> None:
    one, two, *_ = register.addressees
    answer = Answer.objects.get(addressee=one)
    make_challenge(answer, by_whom=Challenger.AFFECTED)
    make_challenge(Answer.objects.get(addressee=two).response, body=two.body)
    make_challenge(one.recommendation, body=register.department, words="Nobody asked that.")
    make_challenge(one.assessments.get(), by_whom=Challenger.AFFECTED)
    seal()
    of_one = {each["about"] for each in shown(fresh(one))["challenges"]}
    assert of_one == {ChallengeAbout.ASSESSMENT, ChallengeAbout.ANSWER, ChallengeAbout.RECOMMENDATION}
    assert shown(fresh(one))["contested_by"] == ["body", "affected"]
    assert {each["about"] for each in shown(fresh(two))["challenges"]} == {"response", "recommendation"}
    ask = asked(client, f"recommendations/{one.recommendation.ref}/")
    assert (ask["contested"], ask["challenges"][0]["words"]) == (True, "Nobody asked that.")
    listed = asked(client, "responses/")["results"]
    assert {each["id"]: each["contested_by"] for each in listed}[answer.response.ref] == ["affected"]
    assert sum(each["contested"] for each in listed) == 2


def test_the_limbs_of_a_contested_whole_were_told_of_when_it_was(client: Client, register: Register) -> None:
    limbs = [each for each in register.addressees if each.recommendation.part_of_id == register.whole.pk]
    before = {each.ref: shown(fresh(each))["updated_at"] for each in limbs}
    challenge = make_challenge(register.whole, body=register.department, at=AT + timedelta(days=30))
    seal()
    for each in limbs:
        told = shown(fresh(each))
        assert [one["about"] for one in told["challenges"]] == ["recommendation"]
        assert told["updated_at"] == challenge.published_at.isoformat() > before[each.ref]
    since = asked(client, f"addressees/?updated_since={challenge.published_at:%Y-%m-%dT%H:%M:%SZ}")
    assert {each["id"] for each in since["results"]} == before.keys() != set()


@pytest.mark.parametrize("resource", COLUMNS)
def test_every_export_says_what_the_list_says_of_what_is_contested_and_under_review(
    client: Client, register: Register, resource: str
) -> None:
    one, two, three, *put = register.addressees
    make_challenge(one, words="=1+1")
    make_challenge(Answer.objects.get(addressee=two), by_whom=Challenger.AFFECTED)
    make_challenge(Answer.objects.get(addressee=put[0]).response, body=put[0].body)
    make_challenge(one.recommendation, body=one.body)
    begin_review(addressees=[one, two, three, *put], reason="We look into it.", by=STAFF, at=AT)
    seal()
    assert same(client, resource) > 1


def test_every_sentence_and_card_says_of_how_many_it_is_contested_and_by_whom(
    client: Client, register: Register
) -> None:
    one, two, *_ = [row for row in register.addressees if row.recommendation_id == register.ask.pk]
    report = register.report.ref
    sentences = {
        f"reports/{report}/": "sentence",
        f"recommendations/{register.ask.ref}/": "sentence",
        "recommendations/": register.ask.ref,
        f"scorecards/report/{report}/": "sentence",
        f"bodies/{one.body.ref}/": "sentence",
    }

    def said() -> list[str]:
        found = []
        for place, which in sentences.items():
            told = asked(client, place)
            rows = told["results"] if which != "sentence" else [told]
            found += [row["sentence"] for row in rows if which in ("sentence", row["id"])]
        return [*found, client.get(f"/cards/reports/{report}/").content.decode()]

    assert not any("contested" in sentence for sentence in said())
    challenges = [make_challenge(row) for row in (one, two)]
    make_challenge(one, by_whom=Challenger.AFFECTED)
    seal()
    of_many = (
        "what is on record is contested of two of them by the bodies and of one of them by those affected"
    )
    of_report, of_ask, listed, of_card, of_body, card = said()
    assert of_many in of_report and of_many in of_ask and of_many in listed and of_many in of_card, said()
    assert of_many in card
    assert " by the body and of " in of_body and "by those affected" in of_body, of_body
    settle_challenges(
        challenges=challenges, outcome=ChallengeOutcome.UPHELD, reply="So it is.", by=STAFF, at=AT
    )
    seal()
    assert all("by the bod" not in sentence and "by those affected" in sentence for sentence in said())


def test_a_verdict_that_rests_is_counted_and_filtered_by_nobody(client: Client, register: Register) -> None:
    one = register.addressees[0]
    make_assessment(one, view=View.VERDICT, implementation="stalled", assessed="2026-01-05")
    make_assessment(one, view=View.VERDICT, implementation="implemented", assessed="2025-12-05")
    make_assessment(one, view=View.AFFECTED, implementation="stalled", assessed="2026-01-05")
    seal()

    def counted() -> tuple[int, int, int]:
        card = asked(client, f"scorecards/report/{register.report.ref}/")["implementation"]
        listed = asked(client, "addressees/?implementation=stalled&view=verdict")["results"]
        return card["verdict"]["stalled"]["count"], card["affected"]["stalled"]["count"], len(listed)

    terms = [("implementation", f"{view}:stalled") for view in ("verdict", "affected")]
    assert counted() == (1, 1, 1)
    assert [term in standings([one.pk], DAY)[one.pk].terms for term in terms] == [True, True]
    begin_review(addressees=[one], reason="They wrote.", by=STAFF, at=AT)
    seal()
    assert counted() == (0, 1, 0)
    assert [term in standings([one.pk], DAY)[one.pk].terms for term in terms] == [False, True]


def test_what_is_upheld_is_told_and_contests_no_more(register: Register) -> None:
    one = register.addressees[0]
    challenge = make_challenge(one)
    later = AT + timedelta(days=3)
    settle_challenges(
        challenges=[challenge], outcome=ChallengeOutcome.UPHELD, reply="They are right.", by=STAFF, at=later
    )
    told = shown(fresh(one))
    assert (told["contested"], told["contested_by"]) == (False, [])
    assert told["challenges"][0]["outcome"] == "upheld"
    assert told["challenges"][0]["settled_on"] == "2026-03-05"
    assert "contested" not in told["status_label"]


def test_what_is_not_upheld_is_contested_still(register: Register) -> None:
    one = register.addressees[0]
    settle_challenges(
        challenges=[make_challenge(one)],
        outcome=ChallengeOutcome.NOT_UPHELD,
        reply="The letter says so on page two.",
        by=STAFF,
        at=AT,
    )
    assert shown(fresh(one))["contested_by"] == ["body"]


def test_a_challenge_of_a_draft_or_a_withdrawn_answer_is_not_told(register: Register) -> None:
    three = register.addressees[2]
    draft = make_answer(three, published=False)
    make_challenge(draft)
    make_challenge(three, published=False)
    assert shown(fresh(three))["challenges"] == []
    assert Challenge.objects.public().count() == 0


def test_adverse_words_rest_while_it_is_under_review(client: Client, register: Register) -> None:
    _, two, three, accepted, refused = register.addressees
    make_check(three, checked_on=date(2026, 2, 1))
    assert shown(fresh(three))["status"] == "overdue"
    assert shown(fresh(refused))["status_label"] == "Not accepted (our reading)"
    begin_review(addressees=register.addressees, reason="They say that they answered.", by=STAFF, at=AT)
    seal()
    silent = shown(fresh(three))
    assert (silent["status"], silent["status_label"]) == ("under_review", "Under review since 2 March 2026")
    assert (silent["days_overdue"], silent["under_review_since"]) == (0, "2026-03-02")
    read = shown(fresh(refused))
    assert (read["status"], read["status_label"]) == ("under_review", "Under review since 2 March 2026")
    assert (read["answer"]["position"], read["answer"]["position_label"]) == (None, "Under review")
    spoken_for = shown(fresh(two))
    assert spoken_for["status"] == "under_review" and spoken_for["answer"]["position"] is None
    neutral = shown(fresh(accepted))
    assert (neutral["status"], neutral["answer"]["position"]) == ("accepted", "accepted")
    assert neutral["status_label"] == "Accepted; under review since 2 March 2026"
    for place in ("addressees/?status=overdue,ignored,rejected", "addressees/?position=rejected"):
        assert asked(client, place)["results"] == []
    assert len(asked(client, "addressees/?status=under_review")["results"]) == 3
    report = asked(client, "reports/safe/")
    assert (report["counts"]["overdue"], report["counts"]["under_review"]) == (0, 3)
    assert "under review" in report["sentence"] and "passed" not in report["sentence"]
    card = asked(client, "scorecards/report/safe/")
    assert (card["overdue"]["count"], card["own_positions"]["rejected"]["count"]) == (0, 0)
    assert card["under_review"]["count"] == 1
    for letter in asked(client, "responses/")["results"]:
        assert all(said["position"] != "rejected" for said in letter["answers"])
    assert b"ot accepted" not in taken(client.get("/api/v1/addressees.csv"))


def test_a_review_that_ends_says_again_what_is_on_record(client: Client, register: Register) -> None:
    three = register.addressees[2]
    before = shown(fresh(three))
    begin_review(addressees=[three], reason="We look into it.", by=STAFF, at=AT)
    end_review(addressees=[three], reason="There is no answer.", by=STAFF, at=AT + timedelta(days=1))
    seal()
    after = shown(fresh(three))
    assert after.pop("updated_at") != before.pop("updated_at")
    assert after == before
    kinds = [line["kind"] for line in asked(client, "changes/?page_size=200")["results"]]
    assert kinds[-2:] == ["review.begun", "review.ended"]


def test_a_body_whose_silence_is_confirmed_is_not_called_silent_under_review(register: Register) -> None:
    make_user("ada")
    three = register.addressees[2]
    begin_review(addressees=[three], reason="We look into it.", by=STAFF, at=AT)
    assert shown(fresh(three), date(2025, 8, 5))["status"] == "awaiting"  # its deadline was moved to the 31st
    assert shown(fresh(three), date(2025, 9, 30))["status"] == "under_review"  # whatever the day
