"""The shapes in which a recommendation is shown: in a list, alone, and as a part of another."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from tracker.queries.addressees import AddresseeView
from tracker.queries.challenges import ChallengeView
from tracker.queries.happenings import ClaimView, DevelopmentView
from tracker.queries.lineage import LineageView
from tracker.queries.links import LinkView
from tracker.queries.references import BodyRef, RecommendationRef, RegimeRef, ReportRef, SourceView, ThemeRef
from tracker.queries.tallies import Counts
from tracker.vocabulary import Challenger, Precision, RecommendationKind, TimeKind


@dataclass(frozen=True)
class RecommendationView:
    """One ask. The addressees of one that has limbs stand on the limbs; its counts are those of its limbs.

    `challenges` are those of what the register says was asked; those of an addressee stand on the addressee.
    """

    resource: ClassVar[str] = "recommendations"

    id: str
    as_of: date
    report: ReportRef
    number: str
    limb: str
    part_of: RecommendationRef | None
    kind: RecommendationKind
    title: str
    text: str
    quote: str
    asked_on: str | None
    date_precision: Precision | None
    aggregate: bool
    themes: list[ThemeRef]
    answer_due_on: date | None
    answer_regime: RegimeRef | None
    act_by: date | None
    act_by_kind: TimeKind
    act_by_text: str
    delivered_by: BodyRef | None
    offered_instead_of: RecommendationRef | None
    counts: Counts
    lineage: LineageView
    sentence: str
    contested: bool
    contested_by: list[Challenger]
    challenges: list[ChallengeView]
    source: SourceView | None


@dataclass(frozen=True)
class LimbView:
    """A part of an ask that is answered apart, with its addressees."""

    resource: ClassVar[str] = "recommendations"

    id: str
    number: str
    limb: str
    title: str
    text: str
    counts: Counts
    sentence: str
    addressees: list[AddresseeView]


@dataclass(frozen=True)
class RecommendationDetail(RecommendationView):
    """One ask with its limbs, its links in both directions, its addressees, and what happened around it."""

    limbs: list[LimbView]
    links: list[LinkView]
    addressees: list[AddresseeView]
    developments: list[DevelopmentView]
    claims: list[ClaimView]
