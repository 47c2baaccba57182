"""The page behind the link of a second person: what was looked for, what would be said, and yes or no."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tracker.actions.seconding import answer_by_link
from tracker.queries.seconding import link_behind
from tracker.vocabulary import Status, status_label
from tracker.web.errors import link_is_over, said


class SecondForm(forms.Form):
    """The person's word, and what they want to say with it."""

    answer = forms.ChoiceField(choices=(("agree", "I agree"), ("no", "I do not agree")))
    words = forms.CharField(max_length=2_000, required=False)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second(request: HttpRequest, token: str) -> HttpResponse:
    """Show the silences; take the answer once. A link that is forged, used or expired says so, and nothing else."""
    at = timezone.now()
    link = link_behind(token, at)
    if link is None:
        return link_is_over(request)
    form = SecondForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        agreed = form.cleaned_data["answer"] == "agree"
        try:
            answer_by_link(link=link, agreed=agreed, words=form.cleaned_data["words"], at=at)
        except ValidationError as error:
            form.add_error(None, " ".join(error.messages))
        else:
            done = "They are published." if agreed else "Nothing is published. The staff will see it."
            return said(request, "Thank you", done)
    related = ("addressee__body", "addressee__recommendation__report", "found_by")
    silences = link.silences.select_related(*related).order_by("pk")
    rows = [(each, status_label(Status.IGNORED, checked_on=each.found_by.checked_on)) for each in silences]
    return render(request, "web/second.html", {"link": link, "rows": rows, "form": form})
