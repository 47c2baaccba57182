"""Asking whether somebody may do a thing. `User.has_perm` knows from tracker/rights.py what each role may."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from tracker.rights import PUBLISH


def must(request: HttpRequest, permission: str, rows: Sequence[Any] = ()) -> None:
    """Refuse whoever may not do it, to any of the rows: the page of the refusal says who may."""
    if not all(request.user.has_perm(permission, row) for row in rows or (None,)):
        raise PermissionDenied


def publishing(request: HttpRequest, asked: bool) -> bool:
    """Whether a form asks to publish what it saves. Refuses whoever may not, before anything is written."""
    if asked:
        must(request, PUBLISH)
    return asked
