"""Every address of the service."""

from django.urls import include, path

from tracker.admin.site import site
from tracker.web import health, pages

urlpatterns = [
    path("", pages.front, name="front"),
    path("admin/", site.urls),
    path("api/", include("api.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
