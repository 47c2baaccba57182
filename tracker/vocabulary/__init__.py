"""Every stored word with its meaning, and every public wording. Nothing is stored or shown that is not here.

One file for each matter; everybody imports from `tracker.vocabulary`.
"""

from tracker.vocabulary.answers import (
    PROMISING_KINDS,
    PROMISING_POSITIONS,
    Basis,
    Finding,
    Implementation,
    Position,
    Reason,
    ResponseDate,
    ResponseKind,
    View,
)
from tracker.vocabulary.asks import (
    BodyKind,
    DevelopmentKind,
    LinkKind,
    RecommendationKind,
    Relation,
    ReportKind,
    SourceKind,
    Verification,
)
from tracker.vocabulary.clocks import (
    Clock,
    ClockStart,
    Counting,
    DeadlineUnit,
    HolidayCalendar,
    Precision,
    Strength,
    TimeKind,
)
from tracker.vocabulary.ledger import EVENT_KINDS, EventKind, Noun, Role, Step, fact_event
from tracker.vocabulary.wording import (
    STATUSES,
    Status,
    acknowledged_label,
    day_label,
    days_label,
    position_label,
    status_label,
)

__all__ = [
    "EVENT_KINDS",
    "PROMISING_KINDS",
    "PROMISING_POSITIONS",
    "STATUSES",
    "Basis",
    "BodyKind",
    "Clock",
    "ClockStart",
    "Counting",
    "DeadlineUnit",
    "DevelopmentKind",
    "EventKind",
    "Finding",
    "HolidayCalendar",
    "Implementation",
    "LinkKind",
    "Noun",
    "Position",
    "Precision",
    "Reason",
    "RecommendationKind",
    "Relation",
    "ReportKind",
    "ResponseDate",
    "ResponseKind",
    "Role",
    "SourceKind",
    "Status",
    "Step",
    "Strength",
    "TimeKind",
    "Verification",
    "View",
    "acknowledged_label",
    "day_label",
    "days_label",
    "fact_event",
    "position_label",
    "status_label",
]
