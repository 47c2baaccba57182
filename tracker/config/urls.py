"""Every address of the service."""

from django.urls import include, path

from tracker.admin.site import site
from tracker.web import (
    cards,
    errors,
    follow,
    health,
    log,
    mail_service,
    metrics,
    pages,
    papers,
    replies,
    seconding,
)

urlpatterns = [
    path("", pages.front, name="front"),
    path("admin/", include("tracker.signin.urls")),
    path("admin/", site.urls),
    path("api/", include("api.urls")),
    path("sources/<path:ref>/copy", papers.copy, name="source-copy"),
    path("second/<str:token>/", seconding.second, name="second"),
    path("reply/<str:token>/", replies.reply, name="reply"),
    path("contest/<path:ref>/", replies.contest, name="contest"),
    path("log/", log.log, name="log"),
    path("cards/<str:kind>/<path:ref>/", cards.card, name="card"),
    path("oembed", cards.oembed, name="oembed"),
    path("follow/", follow.follow, name="follow"),
    path("follow/confirm/<str:token>/", follow.confirm, name="follow-confirm"),
    path("follow/mine/<str:token>/", follow.manage, name="follow-manage"),
    path("follow/stop/<str:token>/", follow.stop, name="follow-stop"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    *mail_service.routes(),
]

# Under /api/ what these answer is turned into problem+json: api/middleware.py.
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
