"""Staff accounts."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A member of staff. An account is no fact: the ledger keeps its user name as the actor of a line."""
