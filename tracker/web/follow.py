"""Following without an account: a form for what is in the address, a link by mail, a page for what is followed.

No page of these sets a cookie: what a link may do stands in the link, and what anybody may ask for harms nobody. So
no form carries a token, and a program's one click (RFC 8058) is a form like the others.
"""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tracker.alerts import interests, links, readers
from tracker.models import Address, Subscription
from tracker.partners.callers import counted_network
from tracker.queries.followed import all_in_words, in_words
from tracker.vocabulary import PUBLIC_NEWS, Channel
from tracker.web.errors import said

HOW_OFTEN = [(channel.value, channel.label.capitalize()) for channel in readers.BY_MAIL]
KINDS = [(kind.value, kind.label.capitalize()) for kind in PUBLIC_NEWS]
OVER = "It was used already, is too old, or is not whole. You can ask for a new one where you followed."


class FollowForm(forms.Form):
    """Who wants to hear, of what kinds of news, and how often."""

    email = forms.EmailField(
        label="Your e-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "aria-describedby": "email-help"}),
    )
    channel = forms.ChoiceField(
        label="How often", choices=HOW_OFTEN, initial=Channel.AT_ONCE.value, widget=forms.RadioSelect
    )
    kinds = forms.MultipleChoiceField(
        label="What about",
        choices=KINDS,
        initial=[value for value, _ in KINDS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one kind of news."},
    )


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """The form for the filter in the address; sent, the same page for every e-mail address."""
    try:
        wanted = interests.checked_public(interests.wanted_from(request.GET))
    except interests.NothingPublic:
        raise Http404 from None
    except ValidationError as error:
        return _problem(request, error)
    what = in_words(wanted).words
    form = FollowForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            _ask(request, form, wanted)
        except ValidationError as error:
            return _problem(request, error)
        except readers.AskedTooOften:
            detail = "From your network many links were asked for of late. Please try again in some hours."
            return said(request, "Please try later", detail, status=429)
        return render(request, "web/follow-asked.html", {"what": what})
    return render(request, "web/follow.html", {"form": form, "what": what})


def _ask(request: HttpRequest, form: FollowForm, wanted: dict[str, Any]) -> None:
    readers.ask(
        email=form.cleaned_data["email"],
        wanted=wanted,
        kinds=form.cleaned_data["kinds"],
        channel=Channel(form.cleaned_data["channel"]),
        network=counted_network(request.META),
        at=timezone.now(),
    )


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """What the link asks to confirm; a button does it. Opening it does nothing: mail scanners open every link."""
    at = timezone.now()
    asked = links.request_behind(token, at)
    if asked is None:
        return said(request, "This link is over", OVER, status=404)
    what = in_words(asked.wanted).words
    if request.method != "POST":
        how = Channel(asked.channel).label
        return render(request, "web/follow-confirm.html", {"what": what, "how": how})
    try:
        made = readers.confirm(asked, at=at)
    except ValidationError as error:
        return _problem(request, error)
    if made is None:
        return said(request, "This link is over", OVER, status=404)
    return render(
        request, "web/follow-confirmed.html", {"what": what, "manage": links.manage_link(asked.address)}
    )


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody follows: how often, stop one, stop all."""
    address = links.reader_behind(token)
    if address is None:
        return said(request, "Nothing is followed here", "You get no more mail from us.", status=404)
    done = _managed(request, address, timezone.now()) if request.method == "POST" else ""
    followed = list(_followed_by(address))
    told = all_in_words([row.interest.wanted for row in followed])
    rows = [(row, each.words) for row, each in zip(followed, told, strict=True)]
    if not rows and not address.requests.exists():
        return said(request, "You follow nothing any more", "You get no more mail from us.")
    context = {"address": address, "rows": rows, "said": done, "how_often": HOW_OFTEN}
    return render(request, "web/follow-manage.html", context)


def _followed_by(address: Address) -> Any:
    return Subscription.objects.filter(address=address).select_related("interest").order_by("pk")


def _managed(request: HttpRequest, address: Address, at: datetime) -> str:
    """Do what was asked; what was done, in words."""
    if request.POST.get("stop") == "all":
        readers.stop_all(address, at=at)
        return "You follow nothing any more."
    number = request.POST.get("subscription", "")
    row = _followed_by(address).filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None
    if row is None:
        return "You do not follow this any more."
    if request.POST.get("stop") == "one":
        readers.stop(row, at=at)
        return "You do not follow this any more."
    channel = request.POST.get("channel", "")
    if channel not in readers.BY_MAIL:
        return "Choose how often from the list: nothing was changed."
    readers.change(row, channel=Channel(channel))
    return "Changed."


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """One click ends all mail. A program posts it (RFC 8058); a person opens the page and presses the button."""
    address = links.stopper_behind(token)
    if address is None:
        return said(request, "You get no more mail", "The address is forgotten, or the link is not whole.")
    if request.method != "POST":
        return render(request, "web/follow-stop.html")
    readers.stop_all(address, at=timezone.now(), for_good=request.POST.get("for_good") == "1")
    return said(
        request, "You get no more mail", "What waited to be sent is not sent. We forgot your address."
    )


def _problem(request: HttpRequest, error: ValidationError) -> HttpResponse:
    told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    detail = " ".join(f"{field}: {' '.join(problems)}".lstrip(": ") for field, problems in told.items())
    return said(request, "This cannot be followed", detail, status=400)
