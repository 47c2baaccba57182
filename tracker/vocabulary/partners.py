"""The words of partner sites: what a key may do, what they propose, and what became of it."""

import re
from urllib.parse import unquote_plus

from django.db.models import TextChoices

# How a key is written: what it is, its public half, its secret half of 160 bits. Logs are searched for it.
KEY_PATTERN = r"tta_[a-z2-7]{8}_[a-z2-7]{32}"


def without_keys(text: str) -> str:
    """A text for a log: a key that somebody put where it does not belong is cut to its public half."""
    plain = unquote_plus(text)
    return (
        re.sub(KEY_PATTERN, lambda found: f"{found[0][:12]}…", plain)
        if re.search(KEY_PATTERN, plain)
        else text
    )


class Scope(TextChoices):
    """What a key may do."""

    READ = "read", "read the public register, at the key's own rate"
    PROPOSE = "propose", "propose responses, progress and corrections, and see what became of them"
    MANAGE_WEBHOOKS = "manage:webhooks", "say which addresses are called when something changes"


class ProposalKind(TextChoices):
    """What a partner proposes."""

    RESPONSE = "response", "a body answered"
    PROGRESS = "progress", "something was delivered, or was not"
    CORRECTION = "correction", "the register says something that is wrong"


class ProposalState(TextChoices):
    """What became of a proposal."""

    WAITING = "waiting", "waits for the register's staff"
    TAKEN_UP = "taken_up", "staff took it up"
    DECLINED = "declined", "staff declined it, and say why"
