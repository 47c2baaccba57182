"""Django's middleware for people with a browser, kept aside where programs read: the public API knows no session.

There every request is answered alike, whoever sends it, so that looking for a session, a form's token, an account and
a message would be work for nothing, for each of them. What protects a reader, the headers of security, stays.
"""

from typing import Any

from csp.middleware import CSPMiddleware
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware

READ_BY_PROGRAMS = "/api/v1/"


class Aside:
    """Middleware that is not asked about what programs read."""

    get_response: Any

    def __call__(self, request: HttpRequest) -> Any:
        if request.path_info.startswith(READ_BY_PROGRAMS):
            return self.get_response(request)
        return super().__call__(request)  # type: ignore[misc]


class Session(Aside, SessionMiddleware):
    pass


class FormToken(Aside, CsrfViewMiddleware):
    def process_view(self, request: HttpRequest, *view: Any) -> Any:
        """Asked by Django itself, before the view. The views of the API take no form: a key is no cookie."""
        if request.path_info.startswith(READ_BY_PROGRAMS):
            return None
        return super().process_view(request, *view)


class Account(Aside, AuthenticationMiddleware):
    pass


class Messages(Aside, MessageMiddleware):
    pass


class ContentSecurity(Aside, CSPMiddleware):
    """What programs read has a policy of its own, which never changes: api/middleware.py."""
