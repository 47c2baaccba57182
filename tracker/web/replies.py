"""The right of reply: the page behind a body's link, and the form for those affected. Both only make a row that waits.

Neither page sets a cookie or keeps a session: whoever posts proves themselves by the link alone, or by nothing. A form
of another site is refused by where it says it comes from; a request without that word comes from no browser of today.
"""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tracker.actions.replies import LONGEST_CHALLENGE, receive_from_affected, reply_by_link
from tracker.models import Addressee
from tracker.partners.callers import counted_network
from tracker.partners.limits import Limiter, caller_of
from tracker.queries.addressees import describe
from tracker.queries.days import register_day
from tracker.queries.replies import link_behind, shown_behind
from tracker.web.errors import link_is_over, said

# From one address. Whoever has more to say has it said in one text.
FORMS_A_MINUTE = 3

_limiter = Limiter()


class WordsForm(forms.Form):
    """What is contested, in the sender's own words. `about` are the records that a body chose on its page."""

    about = forms.MultipleChoiceField(required=False)
    words = forms.CharField(
        widget=forms.Textarea,
        error_messages={"required": "Say in a sentence or two what is wrong."},
    )

    def __init__(self, data: Any, *, about: list[Addressee]) -> None:
        super().__init__(data)
        self.known = {str(each.pk): each for each in about}
        self.fields["about"].choices = [(key, key) for key in self.known]  # type: ignore[attr-defined]

    def clean_words(self) -> str:
        return str(self.cleaned_data["words"]).replace("\r\n", "\n").replace("\r", "\n")

    def chosen(self) -> list[Addressee]:
        """The records chosen; where there is only one, it is that."""
        keys = self.cleaned_data.get("about") or (list(self.known) if len(self.known) == 1 else [])
        return [self.known[key] for key in keys]


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, token: str) -> HttpResponse:
    """What the register says of a body, and its reply, once. A link that is forged, used or expired says only that."""
    at = timezone.now()
    link = link_behind(token, at)
    if link is None:
        return link_is_over(request)
    about = shown_behind(link)
    form = WordsForm(request.POST if request.method == "POST" else None, about=about)
    if request.method == "POST":
        if _from_another_site(request):
            return said(request, "Not accepted", "This form was sent from another site.", status=403)
        if form.is_valid():
            try:
                received = reply_by_link(
                    link=link, addressees=form.chosen(), words=form.cleaned_data["words"], at=at
                )
            except ValidationError as error:
                _attach(form, error)
            else:
                return render(request, "web/received.html", {"received": received, "by_body": True})
    shown = list(zip(about, describe(about, register_day(at)), strict=True))
    sent = request.POST.getlist("about")
    chosen = sent if form.is_bound else [str(each.pk) for each in about]
    context = {"link": link, "shown": shown, "form": form, "chosen": chosen, "longest": LONGEST_CHALLENGE}
    response = render(request, "web/reply.html", context)
    response["Referrer-Policy"] = "no-referrer"  # the address of this page is the body's alone
    return response


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contest(request: HttpRequest, ref: str) -> HttpResponse:
    """What the register says of one ask to one body, and a form for those affected that asks for no name."""
    at = timezone.now()
    rows = Addressee.objects.public().select_related("recommendation__report", "body")
    addressee = rows.filter(ref=ref).first() if "\x00" not in ref else None
    if addressee is None:
        raise Http404
    form = WordsForm(request.POST if request.method == "POST" else None, about=[addressee])
    if request.method == "POST":
        if _from_another_site(request):
            return said(request, "Not accepted", "This form was sent from another site.", status=403)
        if not _limiter.ask(caller_of("form", counted_network(request.META)), FORMS_A_MINUTE, at=at).granted:
            return said(request, "Too many at once", "Please wait a minute, and send it again.", status=429)
        if form.is_valid():
            try:
                received = receive_from_affected(addressee=addressee, words=form.cleaned_data["words"], at=at)
            except ValidationError as error:
                _attach(form, error)
            else:
                return render(request, "web/received.html", {"received": received, "by_body": False})
    [view] = describe([addressee], register_day(at))
    context = {"view": view, "form": form, "longest": LONGEST_CHALLENGE}
    return render(request, "web/contest.html", context)


def _from_another_site(request: HttpRequest) -> bool:
    """Browsers say where a form comes from; `null` is said where they hide it, as our own page asks them to."""
    origin = request.headers.get("Origin", "")
    if origin in ("", "null"):
        return request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none")
    try:
        return urlsplit(origin).netloc != request.get_host()
    except ValueError:
        return True


def _attach(form: forms.Form, error: ValidationError) -> None:
    """What the action refused, beside its field, or above the form."""
    for name, problems in getattr(error, "error_dict", {None: error.messages}).items():
        form.add_error(name if name in form.fields else None, problems)
