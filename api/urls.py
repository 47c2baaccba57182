"""The addresses of the API, under /api/."""

from django.urls import include, path, re_path
from django.views.generic import TemplateView
from rest_framework.routers import SimpleRouter

from api import views
from api.errors import UnknownPath
from api.schema import SchemaView


class Router(SimpleRouter):
    """Addresses end with a slash; without one they are understood too."""

    def __init__(self) -> None:
        super().__init__()
        self.trailing_slash = "/?"


router = Router()
router.register("bodies", views.BodyViewSet, "body")
router.register("groups", views.GroupViewSet, "group")
router.register("regimes", views.RegimeViewSet, "regime")
router.register("themes", views.ThemeViewSet, "theme")
router.register("reports", views.ReportViewSet, "report")
router.register("recommendations", views.RecommendationViewSet, "recommendation")
router.register("addressees", views.AddresseeViewSet, "addressee")
router.register("responses", views.ResponseViewSet, "response")
router.register("scorecards", views.ScorecardViewSet, "scorecard")
router.register("changes", views.ChangeViewSet, "change")

urlpatterns = [
    path("v1/", views.Root.as_view(), name="api-root"),
    path("v1/", include(router.urls)),
    path("schema/", SchemaView.as_view(), name="api-schema"),
    path("docs/", TemplateView.as_view(template_name="api/docs.html"), name="api-docs"),
    re_path(r"", UnknownPath.as_view()),
]
