"""Staff accounts."""

from typing import Any, ClassVar

import pgtrigger
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models

from tracker.models.base import Fact, is_one_of
from tracker.rights import may, right_behind
from tracker.vocabulary import Right, StaffRole


class People(UserManager["User"]):
    """Accounts are made with a role; `createsuperuser` makes an administrator."""

    def create_user(
        self, username: str, email: str | None = None, password: str | None = None, **fields: Any
    ) -> "User":
        return self._create_user(username, email, password, **fields)  # type: ignore[attr-defined]

    def create_superuser(
        self, username: str, email: str | None = None, password: str | None = None, **fields: Any
    ) -> "User":
        return self.create_user(username, email, password, role=StaffRole.ADMINISTRATOR, **fields)


class User(AbstractUser):
    """Somebody with an account: staff if they have a role. An account is no fact.

    The ledger keeps the user name as the actor of a line, and the two-person rule reads it there: it never changes.
    """

    role = models.CharField(
        max_length=13,
        choices=StaffRole.choices,
        blank=True,
        help_text="Without one they have no desk, and may only agree to what they are asked by a link.",
    )

    # What somebody may do is their role, and nothing else: tracker/rights.py.
    is_superuser = None  # type: ignore[assignment]
    groups = None  # type: ignore[assignment]
    user_permissions = None  # type: ignore[assignment]

    # The right that was missing when they were last refused: the page that says so names who has it.
    refused: Right | None = None

    objects = People()

    class Meta(AbstractUser.Meta):
        constraints: ClassVar = [is_one_of("user", "role", StaffRole, empty=True)]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="name_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("username"),
            ),
        ]

    @property
    def is_staff(self) -> bool:  # type: ignore[override]
        return bool(self.role)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Whether they may do something, to a fact or in general."""
        right = right_behind(perm, published=isinstance(obj, Fact) and obj.is_published)
        granted = self.is_active and may(self.role, right)
        if not granted:
            self.refused = right
        return granted

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_staff
