"""Who asks: a partner with a key, or anybody. A key stands in the Authorization header and nowhere else."""

from typing import Any

from django.utils import timezone
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from api.throttling import Limits, count_address
from tracker.models import Key, Partner
from tracker.partners.keys import key_called, note_use
from tracker.vocabulary import Scope

CHALLENGE = 'Bearer realm="told-to-act"'


class PartnerKeys(BaseAuthentication):
    """`Authorization: Bearer tta_…`. Whoever sends none is anybody; whoever sends a wrong one is told so."""

    def authenticate(self, request: Request) -> tuple[Partner, Key] | None:
        written = request.META.get("HTTP_AUTHORIZATION")
        if not written:
            return None
        scheme, _, secret = written.partition(" ")
        at = timezone.now()
        key = key_called(secret.strip(), at=at) if scheme.lower() == "bearer" else None
        if key is None:
            count_address(request)  # guessing is asking too
            raise exceptions.AuthenticationFailed(
                "This key opens nothing: it is not one, it has expired, or it was revoked. "
                "Send `Authorization: Bearer` and the key, or no such header to read as anybody does."
            )
        note_use(key, at=at)
        request._request.key = key
        return key.partner, key

    def authenticate_header(self, request: Request) -> str:
        """For the 401: what is wanted, and that what came was no good."""
        return f'{CHALLENGE}, error="invalid_token"' if "HTTP_AUTHORIZATION" in request.META else CHALLENGE


class Scoped(BasePermission):
    """A key does what its scopes say. A view with `needs` is for keys only; the others anybody may read."""

    def has_permission(self, request: Request, view: Any) -> bool:
        needs: Scope | None = getattr(view, "needs", None)
        key: Key | None = request.auth
        if key is None:
            if needs is not None:
                Limits().allow_request(request, view)  # what is refused is counted too
                raise exceptions.NotAuthenticated(
                    f"This needs a key with the scope {needs.value}: docs/api.md says who gets one."
                )
            return True
        wanted = needs or (Scope.READ if request.method in SAFE_METHODS else None)
        if wanted is not None and wanted not in key.scopes:
            Limits().allow_request(request, view)
            raise exceptions.PermissionDenied(
                f"This key lacks the scope {wanted.value}. It has: {', '.join(key.scopes)}.", code="scope"
            )
        return True
