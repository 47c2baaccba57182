"""Choosing many addressees of a report for one act: all members of a group, with exceptions, or one by one."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone

from tracker.admin.acts import MOST, act_url
from tracker.admin.addressed import ChooseForm, TickForm, addressees_of, asks_of
from tracker.admin.gate import must
from tracker.admin.preview import statuses_of
from tracker.queries.days import register_day


class AddresseesForm(TickForm):
    """Who is ticked. `go` says that somebody has chosen."""

    go = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        ticked = self.ticked()
        if not self.errors and not ticked:
            self.add_error("addressees", "Choose at least one addressee.")
        if len(ticked) > MOST:
            self.add_error("addressees", f"That is more than {MOST} at once: choose fewer, or use an import.")
        data["chosen"] = ticked
        return data


def choose_page(model_admin: Any, request: HttpRequest, name: str) -> HttpResponse:
    """The report, then who of its addressees; then the page of the act takes over."""
    act = next((each for each in model_admin.acts if each.name == name), None)
    if act is None:
        raise Http404
    must(request, act.needed(model_admin.opts))
    context = {**model_admin.admin_site.each_context(request), "title": act.label, "opts": model_admin.opts}
    choose = ChooseForm(request.GET if "report" in request.GET else None)
    if not choose.is_valid():
        return TemplateResponse(request, "admin/record_choose.html", {**context, "form": choose})
    addressees = addressees_of(choose.cleaned_data["report"])
    form = AddresseesForm(request.GET if "go" in request.GET else None, addressees=addressees)
    if form.is_valid():
        numbers = ",".join(str(each.pk) for each in form.cleaned_data["chosen"])
        return HttpResponseRedirect(f"{act_url(model_admin, act)}?facts={numbers}")
    statuses = statuses_of(addressees, register_day(timezone.now()))
    context |= {
        "act": act,
        "reports": choose.cleaned_data["report"],
        "form": form,
        "asks": asks_of(addressees, form, statuses),
    }
    return TemplateResponse(request, "admin/choose.html", context)
