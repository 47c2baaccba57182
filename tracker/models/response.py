"""Documents in which bodies answer, and what each says to one addressee."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Least

from tracker.models.base import (
    Fact,
    SourcedFact,
    drafts_index,
    guard,
    guard_fact,
    is_one_of,
    published_with_a_source,
    span_fields,
    span_of,
    span_whole,
)
from tracker.spans import NEVER, NO_DAY, DateSpan
from tracker.vocabulary import Basis, Noun, Position, Reason, ResponseDate, ResponseKind

_DATES = tuple(ResponseDate.values)


class Response(SourcedFact):
    """A document in which a body answers. One letter may answer three recommendations for 43 bodies."""

    noun = Noun.RESPONSE
    ancestors = ("author", "source")
    sets: ClassVar = {"joint_authors": ("JointAuthor", "response", "body")}

    title = models.CharField(max_length=500)
    kind = models.CharField(max_length=12, choices=ResponseKind.choices)
    author = models.ForeignKey("tracker.Body", models.PROTECT, related_name="responses")
    on_behalf_of_body = models.ForeignKey(
        "tracker.Body",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="responses_on_its_behalf",
    )
    on_behalf_of_group = models.ForeignKey(
        "tracker.Group",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="responses_on_its_behalf",
    )
    signed_by = models.ForeignKey(
        "tracker.Body",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="responses_signed",
        help_text="Which part of the author wrote it, where the source says so.",
    )
    written_earliest, written_latest, written_precision = span_fields()
    received_earliest, received_latest, received_precision = span_fields()
    published_earliest, published_latest, published_precision = span_fields()
    date_text = models.CharField(max_length=300, blank=True, help_text="What the source says of its date.")
    # The earliest of its dates that is known: the lateness of an answer and `as_of` read the first day of
    # it, ordering the last. Empty: the source shows no date.
    answered_earliest = models.GeneratedField(
        expression=Least(F("written_earliest"), F("received_earliest"), F("published_earliest")),
        output_field=models.DateField(null=True),
        db_persist=True,
    )
    answered_latest = models.GeneratedField(
        expression=Least(F("written_latest"), F("received_latest"), F("published_latest")),
        output_field=models.DateField(null=True),
        db_persist=True,
    )
    joint_authors = models.ManyToManyField(
        "tracker.Body", through="tracker.JointAuthor", related_name="joint_responses"
    )

    class Meta:
        ordering = ("-answered_latest", "id")
        constraints: ClassVar = [
            *published_with_a_source("response"),
            is_one_of("response", "kind", ResponseKind),
            span_whole("response", "written"),
            span_whole("response", "received"),
            span_whole("response", "published"),
            models.CheckConstraint(
                name="response_on_behalf_of_one",
                condition=Q(on_behalf_of_body=None) | Q(on_behalf_of_group=None),
                violation_error_message="on_behalf_of: name a body or a group, not both.",
            ),
        ]
        indexes: ClassVar = [
            # Read by queries.desk_charts: the answers of the last twelve months.
            models.Index(fields=["answered_latest"], name="response_answered_latest"),
            # Read by queries.filters: the list of responses by day, those that show none last.
            models.Index(Coalesce("answered_latest", Value(NO_DAY)), "ref", name="response_oldest"),
            models.Index(Coalesce("answered_latest", Value(NEVER)).desc(), "ref", name="response_newest"),
            drafts_index("response"),
        ]
        triggers = guard_fact(Noun.RESPONSE)

    def __str__(self) -> str:
        return self.title

    @property
    def answered_on(self) -> DateSpan | None:
        """The earliest of its dates that is known."""
        spans = [span for name in _DATES if (span := span_of(self, name))]
        return min(spans, key=lambda span: (span.earliest, span.latest), default=None)

    def occurred(self) -> DateSpan | None:
        return self.answered_on


class JointAuthor(models.Model):
    """A body that answers together with the author: the answer is its own."""

    response = models.ForeignKey(Response, models.PROTECT, related_name="joint_author_rows")
    body = models.ForeignKey("tracker.Body", models.PROTECT, related_name="joint_author_rows")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("response", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["response", "body"], name="joint_author_once_a_response"),
        ]
        triggers = guard(Noun.RESPONSE, column="response_id")


class Answer(Fact):
    """What one response says to one addressee. The position is a reading; summary and source stand beside it."""

    noun = Noun.ANSWER
    ancestors = ("response", "addressee")

    response = models.ForeignKey(Response, models.PROTECT, related_name="answers")
    addressee = models.ForeignKey("tracker.Addressee", models.PROTECT, related_name="answers")
    on_behalf = models.BooleanField(
        default=False,
        help_text="Given for the addressee by a body that is not it, nor a joint author.",
    )
    holding = models.BooleanField(default=False, help_text="Acknowledged, not answered: it stops no clock.")
    position = models.CharField(max_length=21, choices=Position.choices, blank=True)
    basis = models.CharField(max_length=11, choices=Basis.choices, default=Basis.OUR_READING)
    reason = models.CharField(max_length=19, choices=Reason.choices, blank=True)
    conditions = models.TextField(blank=True, max_length=2_000)
    summary = models.TextField(max_length=5_000, blank=True)
    quote = models.CharField(max_length=500, blank=True)
    waits_for = models.CharField(max_length=300, blank=True, help_text="What it waits for, in words.")
    waits_for_report = models.ForeignKey(
        "tracker.Report",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="awaited_by",
    )
    waits_for_recommendation = models.ForeignKey(
        "tracker.Recommendation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="awaited_by",
    )
    wait_ended_on = models.DateField(null=True, blank=True, help_text="The day on which it came.")
    points_to = models.ForeignKey(
        "tracker.Body", models.PROTECT, null=True, blank=True, related_name="pointed_to"
    )
    alternative = models.ForeignKey(
        "tracker.Recommendation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="offered_in",
    )
    decision = models.SlugField(
        max_length=100,
        blank=True,
        help_text="One word for the decision it is part of: one decision that answers five asks counts once.",
    )
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ("addressee", "id")
        constraints: ClassVar = [
            is_one_of("answer", "position", Position, empty=True),
            is_one_of("answer", "basis", Basis),
            is_one_of("answer", "reason", Reason, empty=True),
            models.UniqueConstraint(
                fields=["response", "addressee"],
                name="answer_once_a_response_and_addressee",
                condition=Q(withdrawn_at=None),
                violation_error_message="This response has an answer to that addressee already.",
            ),
            models.CheckConstraint(
                name="answer_has_a_position_unless_holding",
                condition=Q(holding=True, position="") | (Q(holding=False) & ~Q(position="")),
                violation_error_message="position: say what the answer says; a holding reply has none.",
            ),
            models.CheckConstraint(
                name="answer_deferred_names_what_it_waits_for",
                condition=~Q(position=Position.DEFERRED) | ~Q(waits_for=""),
                violation_error_message="waits_for: name what a deferred answer waits for.",
            ),
            models.CheckConstraint(
                name="answer_elsewhere_names_whose",
                condition=~Q(position=Position.REFERS_ELSEWHERE) | Q(points_to__isnull=False),
                violation_error_message="points_to: name the body whose answer it points to.",
            ),
            # What we read in another's account may not tell the reason: then it stays empty. Their own words
            # give one, or give none, and that is a reason code too.
            models.CheckConstraint(
                name="answer_refused_in_their_words_has_a_reason",
                condition=~Q(basis=Basis.THEIR_WORDS)
                | ~Q(position__in=[Position.REJECTED, Position.PARTIALLY_ACCEPTED])
                | ~Q(reason=""),
                violation_error_message="reason: a refusal or part acceptance in their words has one: choose "
                "evidence, resources, law, not_our_remit, alternative_offered, already_done, or none_given.",
            ),
        ]
        indexes: ClassVar = [
            drafts_index("answer"),
            models.Index(
                fields=["decision"],
                name="answer_by_decision",
                condition=~Q(decision=""),
            ),
        ]
        triggers = guard_fact(Noun.ANSWER)

    def occurred(self) -> DateSpan | None:
        return self.response.answered_on
