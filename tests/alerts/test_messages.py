"""What a mail looks like: its three templates, its words, and that nothing in them can do harm."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

from tests.alerts.world import AT, Box, make_asked, make_letter, sweep, tell
from tests.factories import STAFF, make_assessment
from tracker.actions.correcting import correct
from tracker.actions.deadlines import set_deadlines
from tracker.actions.publishing import publish
from tracker.alerts import messages
from tracker.models import Addressee, Subscription
from tracker.vocabulary import Clock, Position, Strength

pytestmark = pytest.mark.django_db

NASTY = "<script>alert(1)</script>\"&'\r\nBcc: all@example.org\u2028x\u202ey"


def test_a_mail_is_three_templates() -> None:
    folder = Path(settings.BASE_DIR) / "tracker" / "templates" / "emails"
    mails = {path.name.removesuffix("-subject.txt") for path in folder.glob("*-subject.txt")}
    assert mails == {"news", "digest", "follow", "endpoint-disabled", "endpoint-given-up", "reply", "second"}
    for name in mails:
        for end in ("-subject.txt", ".txt", ".html"):
            assert get_template(f"emails/{name}{end}")


def test_a_mail_says_what_whose_where_and_what_next() -> None:
    [addressee] = make_asked()
    make_letter([addressee], position=Position.REJECTED, summary="It will not.")
    [mail] = tell(Box())
    report = addressee.recommendation.report
    for words in (
        "Home Office",
        "Recommendation 1: Stop it",
        "Not accepted (our reading)",
        "It will not.",
        "https://example.org/page",
        f"{settings.SITE_URL}/admin/tracker/report/{report.pk}/change/",
        "choose “Stop following”",
        "you follow this report",
        "read it at its source",
    ):
        assert words in mail.text
        assert words in mail.html
    assert "{" not in mail.text + mail.html.partition("<body")[2]
    assert not re.search(r"\n{4,}", mail.text)


def test_the_style_stands_in_each_element_and_nothing_is_fetched() -> None:
    make_letter(make_asked())
    [mail] = tell(Box())
    assert "<style" not in mail.html and 'style="' in mail.html
    assert not re.search(r"<(img|link|script)|url\(", mail.html)


def test_every_value_is_escaped_and_no_line_break_reaches_the_subject() -> None:
    [addressee] = make_asked(title=NASTY)
    correct(fact=addressee.recommendation, values={"title": NASTY}, reason="As printed", by=STAFF, at=AT)
    correct(fact=addressee.body, values={"name": NASTY}, reason="As printed", by=STAFF, at=AT)
    make_letter([addressee], summary=NASTY)
    [mail] = tell(Box())
    assert "<script>" not in mail.html and "&lt;script&gt;" in mail.html
    assert mail.subject.isprintable()
    assert "\nBcc:" not in mail.text
    assert "&lt;" not in mail.text, "text is not HTML"
    assert "<script>alert(1)</script>\"&' Bcc: all@example.org xy" in mail.text


def test_a_title_of_five_hundred_letters_leaves_a_subject_that_fits() -> None:
    make_letter(make_asked(title=("Long " * 99).strip()))
    [mail] = tell(Box())
    assert len(mail.subject) <= messages.SUBJECT_LENGTH
    assert mail.subject.endswith("…)")


def test_different_positions_of_one_letter_are_told_apart() -> None:
    first, second = make_asked(2)
    answers = make_letter([first, second], published=False)
    correct(fact=answers[1], values={"position": "noted"}, reason="Read again", by=STAFF, at=AT)
    publish(facts=[answers[0].response, *answers], by=STAFF, at=AT)
    [mail] = tell(Box())
    assert mail.subject == "2 forces: answered (Safe to share?)"
    assert mail.text.index("Force 01") < mail.text.index("Accepted") < mail.text.index("Force 02")
    assert "Noted, no more said" in mail.text


def test_a_broken_promise_is_told() -> None:
    [addressee] = make_asked()
    make_letter([addressee], answered="2026-01-20")
    set_deadlines(
        addressees=[addressee],
        clock=Clock.ACT,
        on=AT.date().replace(day=1),
        basis="Its letter names the day.",
        strength=Strength.STATED,
        by=STAFF,
        at=AT,
    )
    assert sweep() == 1
    mail = tell(Box())[-1]
    assert mail.subject == "Home Office: the time to act has passed, no delivery on record (Safe to share?)"
    assert "The time to act ended on 1 March 2026" in mail.text


def test_a_promise_that_was_kept_in_time_is_corrected() -> None:
    [addressee] = make_asked()
    make_letter([addressee], answered="2026-01-20")
    set_deadlines(
        addressees=[addressee],
        clock=Clock.ACT,
        on=AT.date().replace(day=1),
        basis="Its letter names the day.",
        strength=Strength.STATED,
        by=STAFF,
        at=AT,
    )
    sweep()
    tell(box := Box())
    make_assessment(Addressee.objects.get(), assessed="2026-02-20", at=AT)
    [mail] = tell(box)
    assert mail.subject == "Correction: Home Office: no missed time to act after all (Safe to share?)"


def test_the_reader_is_named() -> None:
    make_letter(make_asked())
    user = Subscription.objects.get().user
    user.first_name, user.last_name = "Ada", "Lovelace"
    user.save()
    [mail] = tell(Box())
    assert mail.text.startswith("Dear Ada Lovelace,")
