"""Where somebody is logged in, and ending it: one's own sessions, and for administrators those of others."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from tracker.models import User
from tracker.signin.sessions import end, sessions_of


def sessions_page(site: Any, request: HttpRequest, person: User, **context: Any) -> HttpResponse:
    """List them; a POST ends one, or all but the one in use."""
    rows = sessions_of(person)
    current = request.session.session_key
    if request.method == "POST":
        wanted = request.POST.get("session", "")
        ended = [row for row in rows if row.session_key != current and wanted in ("all", str(row.pk))]
        end(ended)
        messages.success(request, f"{len(ended)} session{'' if len(ended) == 1 else 's'} ended.")
        return HttpResponseRedirect(request.path)
    return TemplateResponse(
        request,
        "admin/sessions.html",
        {**site.each_context(request), "title": "Sessions", "rows": rows, "current": current, **context},
    )
