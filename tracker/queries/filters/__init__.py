"""Which public rows a list shows, and in what order. What each filter means stands here, once.

A filter that names a thing (a body, a report) matches public ones only: a draft's name finds what a name that
was never given finds, nothing.
"""

from tracker.queries.filters.addressees import (
    ADDRESSEE_ORDERS,
    NEVER,
    NO_DAY,
    AddresseeFilter,
    addressees_matching,
)
from tracker.queries.filters.others import (
    BODY_ORDERS,
    GROUP_ORDERS,
    REGIME_ORDERS,
    REPORT_ORDERS,
    RESPONSE_ORDERS,
    THEME_ORDERS,
    BodyFilter,
    NoFilter,
    ReportFilter,
    ResponseFilter,
    bodies_matching,
    groups_matching,
    regimes_matching,
    reports_matching,
    responses_matching,
    themes_matching,
)
from tracker.queries.filters.recommendations import (
    RECOMMENDATION_ORDERS,
    RecommendationFilter,
    recommendations_matching,
)

__all__ = [
    "ADDRESSEE_ORDERS",
    "BODY_ORDERS",
    "GROUP_ORDERS",
    "NEVER",
    "NO_DAY",
    "RECOMMENDATION_ORDERS",
    "REGIME_ORDERS",
    "REPORT_ORDERS",
    "RESPONSE_ORDERS",
    "THEME_ORDERS",
    "AddresseeFilter",
    "BodyFilter",
    "NoFilter",
    "RecommendationFilter",
    "ReportFilter",
    "ResponseFilter",
    "addressees_matching",
    "bodies_matching",
    "groups_matching",
    "recommendations_matching",
    "regimes_matching",
    "reports_matching",
    "responses_matching",
    "themes_matching",
]
