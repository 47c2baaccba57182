"""The nouns of the register, one a file."""

from tracker.models.addressee import Addressee
from tracker.models.alert import (
    AddresseeSeen,
    AddresseeWas,
    AlertCursor,
    Attempt,
    Message,
    MessageState,
    Notice,
)
from tracker.models.assessment import Assessment, Extension
from tracker.models.base import Fact, FactQuerySet, SourcedFact
from tracker.models.body import Body
from tracker.models.challenge import Challenge, ReceivedChallenge, ReplyLink
from tracker.models.development import (
    Claim,
    ClaimContester,
    ClaimMaker,
    Development,
    DevelopmentBody,
    DevelopmentRecommendation,
)
from tracker.models.endpoint import Endpoint
from tracker.models.event import (
    Event,
    EventContent,
    LedgerHead,
    PendingSeal,
    PublicSeal,
    Seal,
)
from tracker.models.group import Group, Membership
from tracker.models.importing import Import, ImportBatch, ImportName, ImportPart, ImportProfile, ImportRow
from tracker.models.lookups import AnyOf
from tracker.models.office import ReportOwner, SecondingLink
from tracker.models.partner import Key, Partner, Proposal, RateCount
from tracker.models.recommendation import (
    Link,
    Recommendation,
    RecommendationTheme,
    Theme,
)
from tracker.models.regime import Regime
from tracker.models.report import Publisher, Report
from tracker.models.response import Answer, JointAuthor, Response
from tracker.models.second_look import SecondLook
from tracker.models.silence import Check, Silence
from tracker.models.source import Source, SourceLook
from tracker.models.step import Step
from tracker.models.subscription import Address, Asking, FollowRequest, Interest, InterestTerm, Subscription
from tracker.models.task_run import TaskRun
from tracker.models.user import User

__all__ = [
    "Address",
    "Addressee",
    "AddresseeSeen",
    "AddresseeWas",
    "AlertCursor",
    "Answer",
    "AnyOf",
    "Asking",
    "Assessment",
    "Attempt",
    "Body",
    "Challenge",
    "Check",
    "Claim",
    "ClaimContester",
    "ClaimMaker",
    "Development",
    "DevelopmentBody",
    "DevelopmentRecommendation",
    "Endpoint",
    "Event",
    "EventContent",
    "Extension",
    "Fact",
    "FactQuerySet",
    "FollowRequest",
    "Group",
    "Import",
    "ImportBatch",
    "ImportName",
    "ImportPart",
    "ImportProfile",
    "ImportRow",
    "Interest",
    "InterestTerm",
    "JointAuthor",
    "Key",
    "LedgerHead",
    "Link",
    "Membership",
    "Message",
    "MessageState",
    "Notice",
    "Partner",
    "PendingSeal",
    "Proposal",
    "PublicSeal",
    "Publisher",
    "RateCount",
    "ReceivedChallenge",
    "Recommendation",
    "RecommendationTheme",
    "Regime",
    "ReplyLink",
    "Report",
    "ReportOwner",
    "Response",
    "Seal",
    "SecondLook",
    "SecondingLink",
    "Silence",
    "Source",
    "SourceLook",
    "SourcedFact",
    "Step",
    "Subscription",
    "TaskRun",
    "Theme",
    "User",
]
