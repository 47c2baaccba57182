"""The right of reply: what a body or those affected contest, and how it came here."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tracker.models.base import Fact, guard_fact, is_one_of
from tracker.spans import DateSpan, day
from tracker.vocabulary import (
    SETTLED,
    CameBy,
    ChallengeAbout,
    ChallengeOutcome,
    Challenger,
    DeclineReason,
    Noun,
    ReceivedState,
)

LONGEST_CHALLENGE = 10_000


def _about(about: str, *subjects: str) -> Q:
    """It is about one thing. One about an answer or an assessment names the addressee too, for whoever reads that."""
    names = [each.value for each in ChallengeAbout]
    return Q(about=about, **{f"{name}__isnull": name not in subjects for name in names})


class Challenge(Fact):
    """A body, or a group of those affected, contests what the register says. Shown beside the record, never in it.

    One that was not published stands here too, about nothing and without its words: so that it is counted. The
    register's `reply` stands beside it.
    """

    noun = Noun.CHALLENGE
    ancestors = ("addressee", "recommendation", "response", "answer", "assessment")

    about = models.CharField(max_length=14, choices=ChallengeAbout.choices, blank=True)
    addressee = models.ForeignKey(
        "tracker.Addressee", models.PROTECT, null=True, blank=True, related_name="challenges"
    )
    recommendation = models.ForeignKey(
        "tracker.Recommendation", models.PROTECT, null=True, blank=True, related_name="challenges"
    )
    response = models.ForeignKey(
        "tracker.Response", models.PROTECT, null=True, blank=True, related_name="challenges"
    )
    answer = models.ForeignKey(
        "tracker.Answer", models.PROTECT, null=True, blank=True, related_name="challenges"
    )
    assessment = models.ForeignKey(
        "tracker.Assessment", models.PROTECT, null=True, blank=True, related_name="challenges"
    )
    by_whom = models.CharField(max_length=8, choices=Challenger.choices)
    body = models.ForeignKey("tracker.Body", models.PROTECT, null=True, blank=True, related_name="challenges")
    came_by = models.CharField(max_length=6, choices=CameBy.choices)
    received_on = models.DateField()
    words = models.TextField(
        blank=True, max_length=LONGEST_CHALLENGE, help_text="As the challenger wrote them."
    )
    reply = models.TextField(
        blank=True, max_length=5_000, help_text="What the register says to it. The public reads it."
    )
    outcome = models.CharField(max_length=13, choices=ChallengeOutcome.choices, blank=True)
    settled_on = models.DateField(null=True, blank=True)
    declined_because = models.CharField(max_length=14, choices=DeclineReason.choices, blank=True)

    class Meta:
        ordering = ("-received_on", "-id")
        constraints: ClassVar = [
            is_one_of("challenge", "about", ChallengeAbout, empty=True),
            is_one_of("challenge", "by_whom", Challenger),
            is_one_of("challenge", "came_by", CameBy),
            is_one_of("challenge", "outcome", ChallengeOutcome, empty=True),
            is_one_of("challenge", "declined_because", DeclineReason, empty=True),
            models.CheckConstraint(
                name="challenge_about_one_thing",
                condition=_about(ChallengeAbout.ADDRESSEE, "addressee")
                | _about(ChallengeAbout.RECOMMENDATION, "recommendation")
                | _about(ChallengeAbout.RESPONSE, "response")
                | _about(ChallengeAbout.ANSWER, "answer", "addressee")
                | _about(ChallengeAbout.ASSESSMENT, "assessment", "addressee")
                | _about(""),
                violation_error_message="about: a challenge contests one thing of the record.",
            ),
            models.CheckConstraint(
                name="challenge_declined_tells_nothing",
                condition=(
                    Q(outcome=ChallengeOutcome.DECLINED, about="", words="", reply="", body=None)
                    & ~Q(declined_because="")
                )
                | (
                    ~Q(outcome=ChallengeOutcome.DECLINED)
                    & ~Q(about="")
                    & ~Q(words="")
                    & Q(declined_because="")
                ),
                violation_error_message="words: say what is contested; one that was declined keeps no words.",
            ),
            models.CheckConstraint(
                name="challenge_by_a_body_names_it",
                condition=Q(outcome=ChallengeOutcome.DECLINED)
                | Q(by_whom=Challenger.BODY, body__isnull=False)
                | Q(by_whom=Challenger.AFFECTED, body=None),
                violation_error_message="body: name the body that contests it; those affected are not named.",
            ),
            models.CheckConstraint(
                name="challenge_settled_whole",
                condition=Q(outcome="", settled_on=None)
                | Q(outcome=ChallengeOutcome.DECLINED, settled_on__gte=F("received_on"))
                | (Q(outcome__in=SETTLED, settled_on__gte=F("received_on")) & ~Q(reply="")),
                violation_error_message="reply: a challenge is settled on a day, with words that say why.",
            ),
        ]
        indexes: ClassVar = [
            # Read by queries.desk.challenges_to_settle.
            models.Index(
                fields=["received_on", "id"],
                name="challenge_to_settle",
                condition=Q(outcome="", published_at__isnull=False, withdrawn_at=None),
            ),
        ]
        triggers = guard_fact(Noun.CHALLENGE)

    def occurred(self) -> DateSpan | None:
        return day(self.received_on)


class ReplyLink(models.Model):
    """A link by which a body, without an account, may contest what the register says of it: once, until it expires.

    It goes by e-mail to one of the body's own addresses and is shown to nobody who asked for it: else staff could
    answer in the body's name. The link is signed; this row says about what, until when, and whether it was used.
    """

    body = models.ForeignKey("tracker.Body", models.PROTECT, related_name="reply_links")
    addressees = models.ManyToManyField("tracker.Addressee", related_name="+")
    address = models.EmailField(help_text="One of the body's contacts.")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints: ClassVar = [
            models.CheckConstraint(
                name="reply_link_expires",
                condition=Q(expires_at__gt=F("created_at")),
                violation_error_message="expires_at: the link must last a while.",
            ),
        ]
        indexes: ClassVar = [
            # Read by alerts.replies.send_links.
            models.Index(
                fields=["next_attempt_at"],
                name="reply_link_to_send",
                condition=Q(sent_at=None, used_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"link {self.pk} to {self.body}"


class ReceivedChallenge(models.Model):
    """What a body or somebody affected sent: it waits for staff, is no fact, and no public page tells of it.

    Nothing of the sender is kept but the words; those of one that was declined are forgotten some time later.
    """

    receipt = models.UUIDField(unique=True, editable=False)
    by_whom = models.CharField(max_length=8, choices=Challenger.choices)
    came_by = models.CharField(max_length=6, choices=CameBy.choices)
    body = models.ForeignKey("tracker.Body", models.PROTECT, null=True, blank=True, related_name="+")
    addressees = models.ManyToManyField("tracker.Addressee", related_name="+")
    words = models.TextField(max_length=LONGEST_CHALLENGE)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=ReceivedState.choices, default=ReceivedState.WAITING)
    declined_because = models.CharField(max_length=14, choices=DeclineReason.choices, blank=True)
    reason = models.TextField(blank=True, max_length=2_000, help_text="For staff only.")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    challenges = models.ManyToManyField(Challenge, related_name="received", help_text="What was made of it.")

    class Meta:
        ordering = ("-received_at", "-id")
        constraints: ClassVar = [
            is_one_of("received_challenge", "by_whom", Challenger),
            is_one_of("received_challenge", "came_by", CameBy),
            is_one_of("received_challenge", "state", ReceivedState),
            is_one_of("received_challenge", "declined_because", DeclineReason, empty=True),
            models.CheckConstraint(
                name="received_challenge_decided_by_somebody",
                condition=Q(state=ReceivedState.WAITING, decided_at=None, decided_by=None)
                | (~Q(state=ReceivedState.WAITING) & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="received_challenge_declined_because",
                condition=(Q(state=ReceivedState.DECLINED) & ~Q(declined_because=""))
                | (~Q(state=ReceivedState.DECLINED) & Q(declined_because="")),
                violation_error_message="declined_because: say why it is not published.",
            ),
            models.CheckConstraint(
                name="received_challenge_of_a_body_names_it",
                condition=Q(by_whom=Challenger.BODY, body__isnull=False)
                | Q(by_whom=Challenger.AFFECTED, body=None),
            ),
        ]
        indexes: ClassVar = [
            # Read by queries.desk.challenges_waiting, and counted before the public form takes another.
            models.Index(
                fields=["received_at"],
                name="received_challenge_waiting",
                condition=Q(state=ReceivedState.WAITING),
            ),
            # Read by actions.replies.forget_declined.
            models.Index(
                fields=["decided_at"],
                name="received_challenge_to_forget",
                condition=Q(state=ReceivedState.DECLINED) & ~Q(words=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_by_whom_display()}, {self.receipt.hex[:8]}"
