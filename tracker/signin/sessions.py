"""Who is logged in where, and ending it."""

from collections.abc import Sequence

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from tracker.models import User


def sessions_of(user: User) -> list[UserSession]:
    """Where an account is logged in now, the latest first."""
    keys = UserSession.objects.filter(user=user).values("session_key")
    live = Session.objects.filter(session_key__in=keys).values("session_key")
    return list(UserSession.objects.filter(user=user, session_key__in=live).order_by("-created_at"))


@transaction.atomic
def end(sessions: Sequence[UserSession]) -> None:
    """End sessions: the next request of each finds nobody logged in."""
    Session.objects.filter(session_key__in=[each.session_key for each in sessions]).delete()
    UserSession.objects.filter(pk__in=[each.pk for each in sessions]).delete()


def end_all(user: User) -> None:
    end(list(UserSession.objects.filter(user=user)))
