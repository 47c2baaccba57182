"""A reply that says that there is none is silence, however it is worded; and nothing else is."""

import pytest

from tests.importing.files import make_feeds_world
from tests.importing.world import applied, csv_bytes, named, planned
from tracker.importing.profiles import read_profile
from tracker.importing.silence import says_no_reply
from tracker.models import Answer

SILENT = [
    "No response received", "No reply received.", "No reply", "NO REPLY!", "Not received", "Awaiting reply", "—", "–",  # noqa: RUF001
    "…", "-", "None", "n/a", "N/A.", "Pending", "TBC", "t.b.c.", "Overdue", "Due", "nil", "Nil response", "Nil.",
    "Response: none",
    "No response has been received", "No response received to date", "No response yet", "Not yet received",
    "No formal response received.", "Response not received", "Response awaited.", "Response due", "Reply overdue",
    "No reply was received by the deadline.", "None received", "No response received as at 1 March 2022",
    "No Response (chased 3/4/21)", "There has been no reply.", "No reply as of 3 May 2022", "Has not responded",
    "We have not received a response.", "No-response", "no\u00a0reply", "Failed to respond", "Did not reply",
    "Yet to respond", "Still awaiting a response", "Awaiting response from Kent Police", "Non response",
    "No response from the Trust", "Response pending; chased 1st May", "Unanswered", "not applicable",
    "A response hasn’t been received",  # noqa: RUF001
]  # fmt: skip
PUT_OFF = [
    "We will reply in due course.", "A full response will follow shortly.", "We will respond by 3 May 2022",
    "Thank you for your report. We will respond in due course.", "Response to follow in June", "Reply in due course",
]  # fmt: skip
SPOKEN = [
    "We will do so in due course", "The answer is that we will", "We will, in due course", "To follow up in May",
    "We will respond to this by fitting brakes", "Shall be made", "We will reply that we accept",
    "", " ", "No.", "No", "Noted", "Not accepted", "None of this is accepted", "Yes", "✓", "Accepted", "Rejected.",
    "No reply was needed because we accepted the recommendation in full.", "Response received 3/4/2021",
    "Response received, none outstanding", "No response in time; response received 3 May", "Replied on 3 May",
    "No response was received until May 2021", "We will not respond to each point, but we accept all of them.",
    "No response from us is needed", "Nothing to add", "The pending order is withdrawn", "No action", "No comment",
    "No further work is due", "We do not agree.", "Not feasible", "See response", "Due to costs, no.",
    "The answer is no", "Our answer is no: the trust has no beds", "The response is not to proceed",
    "No response received from the maker, so we have fitted other brakes", "No reply. We accept.",
    "No further response",
]  # fmt: skip


@pytest.mark.parametrize("text", [*SILENT, *PUT_OFF])
def test_it_says_that_there_is_no_reply(text: str) -> None:
    assert says_no_reply(text)


@pytest.mark.parametrize("text", [*SPOKEN, "No reply received. " * 20])
def test_it_is_a_reply(text: str) -> None:
    assert not says_no_reply(text)


SAFETY = ("Investigation", "Report title", "Published", "Investigator", "Recommendation no.", "Safety recommendation",
          "Addressee", "Status", "Response", "Response date")  # fmt: skip


@pytest.mark.django_db
def test_no_silence_becomes_an_answer_whatever_a_profile_adds() -> None:
    make_feeds_world()
    said = [text for text in SILENT if text.strip()] + ["Kein Eingang", "We have fitted brakes."]
    found = [
        dict(zip(SAFETY, ("R1", "Collision", "2020-01-07", "An inspectorate", f"{n}", f"Fit {n}.",
                          "Kent Police", "Open", text, ""), strict=True))
        for n, text in enumerate(said)
    ]  # fmt: skip
    definition = named("safety-investigator").definition
    assert "by_all = true" in definition
    profile = read_profile(
        definition.replace("by_all = true", 'by_all = true\nnone = ["kein Eingang."]'), "safety"
    )
    applied(planned(csv_bytes(found, SAFETY), profile))
    answer = Answer.objects.get()
    assert (answer.position, answer.summary) == ("unread", "We have fitted brakes.")
