"""Who follows what. Staff follow a report from its page, or any filter here, for themselves or for an endpoint."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from tracker.admin.acts import Act
from tracker.admin.facts import ActingAdmin
from tracker.admin.site import site
from tracker.alerts import interests
from tracker.ledger import Actor
from tracker.models import Endpoint, Subscription
from tracker.vocabulary import Channel, News

READING, CALLING = "tracker.view_subscription", "tracker.change_endpoint"


class SubscriptionForm(forms.ModelForm):
    """A filter as it stands in the address of a list, kinds of news, and how they reach whom."""

    wanted = forms.CharField(
        label="Filter",
        required=False,
        max_length=interests.WORDS_LENGTH,
        help_text="As in the address of a list: report=safe-to-share&status=overdue,ignored. Empty: everything.",
    )
    kinds = forms.MultipleChoiceField(
        label="Kinds of news", choices=News.choices, widget=forms.CheckboxSelectMultiple
    )
    endpoint = forms.ModelChoiceField(
        Endpoint.objects.active(), required=False, help_text="Empty: you yourself, by e-mail."
    )

    may_call = False

    class Meta:
        model = Subscription
        fields: ClassVar = ["endpoint", "wanted", "kinds", "channel"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.may_call:
            self.fields["endpoint"].queryset = Endpoint.objects.none()

    def clean_wanted(self) -> dict[str, Any]:
        try:
            return interests.checked_public(interests.wanted_from(QueryDict(self.cleaned_data["wanted"])))
        except ValidationError as error:
            told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
            raise ValidationError(
                [f"{field}: {' '.join(said)}".lstrip(": ") for field, said in told.items()]
            ) from None

    def clean(self) -> dict[str, Any]:
        """The kinds and the channel fit whoever is to hear."""
        found = super().clean() or {}
        if {"kinds", "channel"} <= found.keys():
            interests.check_choice(
                "endpoint" if found.get("endpoint") else "user", found["kinds"], found["channel"]
            )
        return found


def stop(rows: Sequence[Subscription], _data: dict[str, Any], by: Actor, _at: datetime) -> None:
    """One's own, and those of endpoints; what people without an account follow is theirs to stop."""
    for row in rows:
        if row.user != by.user and not (row.endpoint and by.user and by.user.has_perm(CALLING)):
            raise ValidationError(f"{row}: only they themselves can stop it.")
    Subscription.objects.filter(pk__in=[row.pk for row in rows]).delete()


@admin.register(Subscription, site=site)
class SubscriptionAdmin(ActingAdmin):
    form = SubscriptionForm
    acts = (Act("stop", "Stop following", stop, needs=READING),)
    list_display = ("__str__", "channel", "kinds", "created_at")
    list_select_related = ("user", "address", "endpoint", "interest")
    list_filter = ("channel",)
    search_fields = ("user__username", "endpoint__url")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever reads at the desk may hear of what happens."""
        return request.user.has_perm(READING)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Stop it and follow anew."""
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        form = super().get_form(request, obj, change, **options)
        form.may_call = request.user.has_perm(CALLING)
        return form

    def save_model(self, request: HttpRequest, obj: Subscription, form: Any, change: bool) -> None:
        made = interests.follow(
            reader=form.cleaned_data["endpoint"] or request.user,
            wanted=form.cleaned_data["wanted"],
            kinds=form.cleaned_data["kinds"],
            channel=Channel(form.cleaned_data["channel"]),
            at=timezone.now(),
        )
        obj.pk, obj.user, obj.endpoint, obj.interest = made.pk, made.user, made.endpoint, made.interest
