"""Mails and calls hold words of the register: those of what was removed by law are emptied, sent or not."""

from collections.abc import Collection

from django.db.models import Q

from tracker.models import Message


def forget_words(events: Collection[int]) -> int:
    """Empty the messages that told these lines; in how many. What is not sent yet is written anew, or dropped."""
    told = Message.objects.filter(Q(notices__event__in=events) | Q(event__in=events)).values("pk")
    return Message.objects.filter(pk__in=told).update(subject="", text="", html="", body=None)
