"""The same list and the same detail as anybody would write them: ModelSerializers, with all they need fetched ahead.

What has to be worked out (the status, its label, days, counts, lineage, sentences) is left out, not only its cost:
the comparison is generous to the usual way.
"""

from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from rest_framework import serializers
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.pagination import CursorPagination

from benchmarks.world_rows import World
from tracker.models import (
    Addressee,
    Answer,
    Assessment,
    Body,
    Challenge,
    Check,
    Claim,
    Development,
    Extension,
    Group,
    Link,
    Recommendation,
    Report,
    Response,
    Source,
    Theme,
)
from tracker.queries.statuses import asked_by

TODAY: date = World.today


def shape(
    model: Any, *names: str, many: tuple[str, ...] = (), **nested: Any
) -> type[serializers.ModelSerializer]:
    """A ModelSerializer of some fields, with others nested in it."""
    declared: dict[str, Any] = {name: of(many=name in many, read_only=True) for name, of in nested.items()}
    meta = type("Meta", (), {"model": model, "fields": [*names, *nested]})
    return type(f"{model.__name__}Usual", (serializers.ModelSerializer,), {**declared, "Meta": meta})


SPAN = ("{0}_earliest", "{0}_latest", "{0}_precision")


def span(name: str) -> list[str]:
    return [each.format(name) for each in SPAN]


BodyUsual = shape(Body, "ref", "name", "kind")
GroupUsual = shape(Group, "ref", "name")
SourceUsual = shape(
    Source,
    *("kind", "title", "url", "publisher", *span("dated"), "archived_url", "state", "state_on", "moved_to"),
)
ChallengeUsual = shape(
    Challenge,
    *("ref", "about", "by_whom", "words", "received_on", "reply", "outcome", "settled_on"),
    body=BodyUsual,
)
ReportUsual = shape(Report, "ref", "title", *span("dated"))
AskUsual = shape(Recommendation, "ref", "number", "limb", "title")
AskInReportUsual = shape(
    Recommendation,
    *("ref", "number", "limb", "title"),
    report=ReportUsual,
    challenges=ChallengeUsual,
    many=("challenges",),
)
LinkedUsual = shape(Recommendation, "ref", "number", "limb", "title", report=ReportUsual)
ResponseUsual = shape(
    Response,
    *("ref", "title", "kind"),
    *(*span("written"), *span("received"), *span("published")),
    author=BodyUsual,
    joint_authors=BodyUsual,
    source=SourceUsual,
    challenges=ChallengeUsual,
    many=("joint_authors", "challenges"),
)
AnswerUsual = shape(
    Answer,
    *("position", "basis", "reason", "conditions", "summary", "quote", "on_behalf", "holding", "waits_for"),
    *("wait_ended_on", "decision"),
    waits_for_report=ReportUsual,
    waits_for_recommendation=AskUsual,
    points_to=BodyUsual,
    alternative=AskUsual,
    response=ResponseUsual,
)
AssessmentUsual = shape(
    Assessment, "view", "implementation", *span("assessed"), "summary", made_by=BodyUsual, source=SourceUsual
)
ExtensionUsual = shape(Extension, "clock", "until_on", *span("granted"))
CheckUsual = shape(Check, "clock", "finding", "checked_on")


class AddresseeUsual(serializers.ModelSerializer):
    recommendation = AskInReportUsual(read_only=True)
    body = BodyUsual(read_only=True)
    duty_holder = BodyUsual(read_only=True)
    via_group = GroupUsual(read_only=True)
    answers = AnswerUsual(many=True, read_only=True)
    assessments = AssessmentUsual(many=True, read_only=True)
    extensions = ExtensionUsual(many=True, read_only=True)
    checks = CheckUsual(many=True, read_only=True)
    challenges = ChallengeUsual(many=True, read_only=True)

    class Meta:
        model = Addressee
        fields = (
            *(
                "ref",
                "recommendation",
                "body",
                "duty_holder",
                "via_group",
                "first_answer_due_on",
                "answer_due_on",
            ),
            *(
                "answer_due_basis",
                "answer_due_strength",
                "first_act_by",
                "act_by",
                "act_by_basis",
            ),
            *("answers", "assessments", "extensions", "checks", "challenges"),
            *("under_review_since", "updated_at"),
        )


def addressees() -> QuerySet[Addressee]:
    answers = Answer.objects.public(given=("addressee",)).select_related(
        *("response__author", "response__source", "points_to", "alternative"),
        *("waits_for_report", "waits_for_recommendation"),
    )
    assessments = Assessment.objects.public(given=("addressee",)).select_related("made_by", "source")
    challenges = Challenge.objects.public(given=("addressee", "recommendation", "response")).select_related(
        "body"
    )
    return (
        asked_by(Addressee.objects.public(), TODAY)
        .select_related("recommendation__report", "body", "duty_holder", "via_group")
        .prefetch_related(
            Prefetch("answers", answers),
            "answers__response__joint_authors",
            Prefetch("answers__response__challenges", challenges),
            Prefetch("challenges", challenges),
            Prefetch("recommendation__challenges", challenges),
            Prefetch("assessments", assessments),
            Prefetch("extensions", Extension.objects.public(given=("addressee",))),
            Prefetch("checks", Check.objects.public(given=("addressee",))),
        )
    )


class Pages(CursorPagination):
    page_size = 50
    ordering = "ref"


class AddresseesUsual(ListAPIView):
    serializer_class = AddresseeUsual
    pagination_class = Pages

    def get_queryset(self) -> QuerySet[Addressee]:
        return addressees()


LinkUsual = shape(Link, "kind", "relation", recommendation=LinkedUsual, other=LinkedUsual)
DevelopmentUsual = shape(
    Development,
    *("ref", "kind", "title", "summary", *span("happened")),
    bodies=BodyUsual,
    source=SourceUsual,
    many=("bodies",),
)
ClaimUsual = shape(
    Claim,
    *("ref", "text", "position_of_report"),
    made_by=BodyUsual,
    contested_by=BodyUsual,
    source=SourceUsual,
    many=("made_by", "contested_by"),
)
LimbUsual = shape(
    Recommendation, "ref", "number", "limb", "title", "text", addressees=AddresseeUsual, many=("addressees",)
)
ReportWithClaimsUsual = shape(Report, "ref", "title", *span("dated"), claims=ClaimUsual, many=("claims",))
RecommendationUsual = shape(
    Recommendation,
    *(
        "ref",
        "number",
        "limb",
        "kind",
        "title",
        "text",
        "quote",
        *span("asked"),
        "aggregate",
        "answer_due_on",
    ),
    *("act_by", "act_by_kind", "act_by_text"),
    report=ReportWithClaimsUsual,
    part_of=AskUsual,
    themes=shape(Theme, "ref", "name"),
    delivered_by=BodyUsual,
    offered_instead_of=AskUsual,
    source=SourceUsual,
    challenges=ChallengeUsual,
    limbs=LimbUsual,
    addressees=AddresseeUsual,
    links=LinkUsual,
    linked_from=LinkUsual,
    developments=DevelopmentUsual,
    many=("themes", "challenges", "limbs", "addressees", "links", "linked_from", "developments"),
)


class RecommendationsUsual(RetrieveAPIView):
    serializer_class = RecommendationUsual
    lookup_field = "ref"

    def get_queryset(self) -> QuerySet[Recommendation]:
        links = Link.objects.public().select_related("recommendation__report", "other__report")
        put = addressees().order_by("body__name", "ref")
        challenges = Challenge.objects.public(given=("recommendation",)).select_related("body")
        claims = Claim.objects.public().select_related("source").prefetch_related("made_by", "contested_by")
        happened = Development.objects.public().select_related("source").prefetch_related("bodies")
        return (
            Recommendation.objects.public()
            .select_related("report", "source", "part_of", "delivered_by", "offered_instead_of")
            .prefetch_related(
                Prefetch("challenges", challenges),
                Prefetch("addressees", put),
                Prefetch(
                    "limbs", Recommendation.objects.public().prefetch_related(Prefetch("addressees", put))
                ),
                Prefetch("links", links),
                Prefetch("linked_from", links),
                Prefetch("developments", happened),
                Prefetch("report__claims", claims),
                "themes",
            )
        )
