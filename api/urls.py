"""The addresses of the API, under /api/."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView, TemplateView
from rest_framework.routers import SimpleRouter

from api import views
from api.dumps import DumpFileView, DumpListView
from api.errors import UnknownPath
from api.exports import EXPORTS, FORMS, ExportView
from api.feeds import AtomView, CalendarView
from api.filters import PART
from api.proposals import ProposalViewSet
from api.schema import SchemaView
from api.webhooks import SubscriptionViewSet, WebhookViewSet


class Router(SimpleRouter):
    """Addresses end with a slash; without one they are understood too."""

    def __init__(self) -> None:
        super().__init__()
        self.trailing_slash = "/?"


router = Router()
# What is read most is found first.
router.register("recommendations", views.RecommendationViewSet, "recommendation")
router.register("addressees", views.AddresseeViewSet, "addressee")
router.register("changes", views.ChangeViewSet, "change")
router.register("bodies", views.BodyViewSet, "body")
router.register("reports", views.ReportViewSet, "report")
router.register("responses", views.ResponseViewSet, "response")
router.register("scorecards", views.ScorecardViewSet, "scorecard")
router.register("groups", views.GroupViewSet, "group")
router.register("regimes", views.RegimeViewSet, "regime")
router.register("themes", views.ThemeViewSet, "theme")
router.register("proposals", ProposalViewSet, "proposal")
router.register("webhooks", WebhookViewSet, "webhook")
router.register("subscriptions", SubscriptionViewSet, "subscription")

urlpatterns = [
    path("v1/", views.Root.as_view(), name="api-root"),
    # Before the ids of asks, whose slashes would take it in; an id has two parts, so "safe/lineage" is an ask.
    re_path(
        rf"^v1/recommendations/(?P<ref>{PART}/{PART})/lineage/?$",
        views.LineageViewSet.as_view({"get": "retrieve"}),
        name="api-lineage",
    ),
    path("v1/", include(router.urls)),
    *(
        path(
            f"v1/{resource}.{form}",
            ExportView.as_view(resource=resource, form=form),
            name=f"api-{resource}-{form}",
        )
        for resource in EXPORTS
        for form in FORMS
    ),
    path("v1/addressees.atom", AtomView.as_view(), name="api-atom"),
    path("v1/addressees.ics", CalendarView.as_view(), name="api-calendar"),
    path("v1/dumps/", DumpListView.as_view(), name="api-dumps"),
    re_path(r"^v1/dumps/(?P<name>[a-z0-9.-]{1,60})$", DumpFileView.as_view(), name="api-dump"),
    path("schema/", SchemaView.as_view(), name="api-schema"),
    path("docs/", TemplateView.as_view(template_name="api/docs.html"), name="api-docs"),
    re_path(
        r"^(?P<place>v1|v1/dumps|schema|docs)$",
        RedirectView.as_view(url="/api/%(place)s/", query_string=True, permanent=True),
    ),
    re_path(r"", UnknownPath.as_view()),
]
