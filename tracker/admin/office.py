"""How the office divides its work: who looks after a report, and handing over all that somebody does."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import QuerySet

from tracker.admin.acts import Act, ActForm
from tracker.ledger import Actor
from tracker.models import Report, ReportOwner, User


def staff() -> QuerySet[User]:
    return User.objects.filter(is_active=True).exclude(role="").order_by("username")


class PersonField(forms.ModelChoiceField):
    """A member of staff, by name."""

    def label_from_instance(self, obj: Any) -> str:
        name = obj.get_full_name()
        return f"{name} ({obj.get_username()})" if name else obj.get_username()


class OwnerForm(ActForm):
    owner = PersonField(
        queryset=User.objects.none(), required=False, empty_label="Nobody", help_text="Who looks after it."
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].queryset = staff()  # type: ignore[attr-defined]


@transaction.atomic
def give_to(reports: Sequence[Report], data: dict[str, Any], _by: Actor, at: datetime) -> None:
    """Name who looks after some reports. It is staff's own business: no fact, and no line."""
    ReportOwner.objects.filter(report__in=reports).delete()
    if data["owner"]:
        ReportOwner.objects.bulk_create(
            [ReportOwner(report=each, user=data["owner"], since=at) for each in reports]
        )


class HandoverForm(ActForm):
    to = PersonField(
        queryset=User.objects.none(), label="To whom", help_text="Everything that the other looks after."
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].queryset = staff()  # type: ignore[attr-defined]


def hand_over(people: Sequence[User], data: dict[str, Any], _by: Actor, at: datetime) -> None:
    """All reports that some people look after pass to one."""
    ReportOwner.objects.filter(user__in=people).exclude(user=data["to"]).update(user=data["to"], since=at)


OWNER = Act(
    "owner",
    "Say who looks after it",
    give_to,
    OwnerForm,
    needs="tracker.assign_report",
    intro="The desk shows each person what they look after first. It is never public.",
)
