"""Who follows what. Staff follow a report from its page, or any filter here, for themselves or for an endpoint."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from tracker.admin.facts import ActingAdmin
from tracker.admin.site import site
from tracker.alerts import interests
from tracker.models import Endpoint, Subscription
from tracker.queries.followed import in_words
from tracker.vocabulary import Channel, News


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

    class Meta:
        model = Subscription
        fields: ClassVar = ["endpoint", "wanted", "kinds", "channel"]

    def clean_wanted(self) -> dict[str, Any]:
        try:
            words = interests.checked(interests.wanted_from(QueryDict(self.cleaned_data["wanted"])))
        except ValidationError as error:
            told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
            raise ValidationError(
                [f"{field}: {' '.join(said)}".lstrip(": ") for field, said in told.items()]
            ) from None
        if unknown := in_words(words).unknown:
            raise ValidationError(f"{', '.join(unknown)}: nothing public has this name.")
        return words

    def clean(self) -> dict[str, Any]:
        """The kinds and the channel fit whoever is to hear."""
        found = super().clean() or {}
        if {"kinds", "channel"} <= found.keys():
            interests.check_choice(
                "endpoint" if found.get("endpoint") else "user", found["kinds"], found["channel"]
            )
        return found


@admin.register(Subscription, site=site)
class SubscriptionAdmin(ActingAdmin):
    form = SubscriptionForm
    list_display = ("__str__", "channel", "kinds", "created_at")
    list_select_related = ("user", "address", "endpoint", "interest")
    list_filter = ("channel",)
    search_fields = ("user__username", "endpoint__url")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Stop it and follow anew."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One's own, and those of endpoints; what people without an account follow is theirs to stop."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or obj.user == request.user or obj.endpoint is not None)

    def save_model(self, request: HttpRequest, obj: Subscription, form: Any, change: bool) -> None:
        made = interests.follow(
            reader=form.cleaned_data["endpoint"] or request.user,
            wanted=form.cleaned_data["wanted"],
            kinds=form.cleaned_data["kinds"],
            channel=Channel(form.cleaned_data["channel"]),
            at=timezone.now(),
        )
        obj.pk, obj.user, obj.endpoint, obj.interest = made.pk, made.user, made.endpoint, made.interest
