"""Pages that do one thing to some facts: a form, a function, and the page they share.

An act is declared beside its noun in a few lines:

    Act("end", "End or merge", end, EndForm)

`does` calls an action with the facts, what the form holds, who acts and when. What the action refuses is shown
beside the fields it is about, and nothing typed is lost. An act that enters drafts returns them, and the page
offers to publish them in the same transaction.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.actions.publishing import publish, withdraw
from tracker.admin.fields import ProseField
from tracker.admin.forms import attach
from tracker.admin.gate import must, publishing
from tracker.admin.preview import PREVIEWING, Preview, tried
from tracker.admin.shown import change_url, waiting_words
from tracker.admin.taking import initial_of, proposal_of, take_over, taking_context
from tracker.ledger import Actor
from tracker.models import Addressee, Fact, User
from tracker.queries.history import lines_in_words
from tracker.queries.letters import Letter
from tracker.rights import PUBLISH as TO_PUBLISH
from tracker.vocabulary import Role

# More than this at once is an import.
MOST = 2_000


class ActForm(forms.Form):
    """What an act asks before it acts. `aliases` say where an action's word for a field is not the form's."""

    aliases: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, by: Actor, **options: Any) -> None:
        """`by` is who fills it in."""
        super().__init__(*args, **options)
        self.by = by

    def own_fields(self) -> list[forms.BoundField]:
        """The fields that stand one below the other; a form with a source shows that first, by itself."""
        return list(self)


Does = Callable[[Sequence[Any], dict[str, Any], Actor, datetime], Sequence[Fact] | None]


def always(_fact: Fact) -> bool:
    return True


def nothing(_facts: Sequence[Fact]) -> Sequence[str]:
    return ()


def nothing_more(_by: Actor, _at: datetime) -> Sequence[str]:
    return ()


def no_letters(_facts: Sequence[Any], _by: Actor, _at: datetime) -> Sequence[Letter]:
    return ()


@dataclass(frozen=True)
class Act:
    """One thing to do to facts of one noun.

    `needs` is the permission, else the one to change the noun; `fits` says for which facts it is offered;
    `drafts` says that it enters facts that may be published at once; `hints` are sentences to read before, and
    `letters` drafts of what to send before. `after` is done once all is written (a mail), and says what failed.
    Whatever is done to addressees can be previewed.
    """

    name: str
    label: str
    does: Does
    form: type[ActForm] = ActForm
    needs: str = ""
    intro: str = ""
    drafts: bool = False
    fits: Callable[[Any], bool] = always
    hints: Callable[[Sequence[Any]], Sequence[str]] = nothing
    letters: Callable[[Sequence[Any], Actor, datetime], Sequence[Letter]] = no_letters
    after: Callable[[Actor, datetime], Sequence[str]] = nothing_more
    # Done by one click on a fact's page: nothing in its form must be filled in.
    at_once: bool = False

    def needed(self, opts: Any) -> str:
        """The permission to do it to rows of a noun."""
        return self.needs or f"tracker.change_{opts.model_name}"


class ReasonForm(ActForm):
    reason = ProseField(label="Why", max_length=2_000, help_text="It stands in the record.")


class PublishForm(ActForm):
    reason = ProseField(label="Why", max_length=2_000, required=False, help_text="If there is more to say.")


def _publish(facts: Sequence[Fact], data: dict[str, Any], by: Actor, at: datetime) -> None:
    publish(facts=facts, reason=data["reason"], by=by, at=at)


def _withdraw(facts: Sequence[Fact], data: dict[str, Any], by: Actor, at: datetime) -> None:
    withdraw(facts=facts, reason=data["reason"], by=by, at=at)


PUBLISH = Act(
    "publish",
    "Publish",
    _publish,
    PublishForm,
    needs=TO_PUBLISH,
    intro="Everybody will see this, and what is published below it and waited for it. Drafts below it stay drafts. "
    "Each that is seen now becomes a line of the public record.",
    fits=lambda fact: fact.published_at is None or fact.withdrawn_at is not None,
)
WITHDRAW = Act(
    "withdraw",
    "Withdraw",
    _withdraw,
    ReasonForm,
    needs=TO_PUBLISH,
    intro="The public stops seeing this, and all that stands on it. A line in the record says that it was "
    "withdrawn, and why. Nothing is deleted.",
    fits=lambda fact: fact.withdrawn_at is None,
)


def acting(request: HttpRequest) -> Actor:
    """The person behind a request, as the ledger names them."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return Actor(Role.STAFF, request.user)


def chosen(request: HttpRequest, rows: QuerySet) -> list[Fact]:
    """The facts that a page was opened for: `facts=3,5,8`."""
    written = (request.POST if request.method == "POST" else request.GET).get("facts", "")
    ids = written.split(",")
    if len(ids) > MOST or not all(part.isascii() and part.isdigit() and len(part) < 19 for part in ids):
        raise BadRequest("facts: the numbers of the facts, with commas between them")
    return list(rows.filter(pk__in=[int(part) for part in ids]))


def act_page(model_admin: Any, request: HttpRequest, act: Act, facts: Sequence[Fact]) -> HttpResponse:
    """Ask, then act, then go back to where the facts are."""
    must(request, act.needed(model_admin.opts), facts)
    to_publish = publishing(request, act.drafts and request.POST.get("save") == "publish")
    facts = [fact for fact in facts if act.fits(fact)]
    # A list's bulk action arrives as a POST of its own, without the fields of this form.
    answered = request.method == "POST" and "act" in request.POST
    form = act.form(
        request.POST if answered else None,
        request.FILES if answered else None,
        initial={**request.GET.dict(), **initial_of(proposal_of(request))},
        by=acting(request),
    )
    preview = None
    if facts and answered and form.is_valid():
        try:
            if request.POST.get("save") == "preview":
                preview = _preview(request, act, facts, form.cleaned_data)
            else:
                at, made = _perform(request, act, facts, form.cleaned_data, to_publish)
                return _done(model_admin, request, act, facts, made, at)
        except ValidationError as error:
            attach(form, error, form.aliases)
    letters = act.letters(facts, acting(request), timezone.now()) if facts else ()
    if len(letters) == 1:  # to read and change, and it is kept as it was sent
        form.initial.setdefault("letter", letters[0].text)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": act.label,
        "opts": model_admin.opts,
        "act": act,
        "facts": facts,
        "hints": act.hints(facts),
        "numbers": ",".join(str(fact.pk) for fact in facts),
        "letters": letters,
        "form": form,
        "preview": preview,
        "can_preview": bool(_addressees(facts)) and bool(form.fields),
        "act_url": act_url(model_admin, act),
        **taking_context(request),
    }
    return TemplateResponse(request, "admin/act.html", context, status=200 if facts else 400)


def _addressees(facts: Sequence[Fact]) -> list[Addressee]:
    """The addressees that an act is done to: those whose public words it may change."""
    return [fact for fact in facts if isinstance(fact, Addressee)]


def _preview(request: HttpRequest, act: Act, facts: Sequence[Fact], data: dict[str, Any]) -> Preview:
    """What the act would change once all it enters is published: done, looked at, and undone."""
    by, at = acting(request), timezone.now()

    def do() -> None:
        made = act.does(facts, data, by, at)
        if act.drafts and made:
            publish(facts=made, by=PREVIEWING, at=at)

    return tried(_addressees(facts), at, do)


def _perform(
    request: HttpRequest, act: Act, facts: Sequence[Fact], data: dict[str, Any], to_publish: bool
) -> tuple[datetime, Sequence[Fact]]:
    by, at = acting(request), timezone.now()
    with transaction.atomic():
        made = act.does(facts, data, by, at)
        take_over(request, at)
        if made and to_publish:
            publish(facts=made, by=by, at=at)
    return at, made or ()


def _done(
    model_admin: Any,
    request: HttpRequest,
    act: Act,
    facts: Sequence[Fact],
    made: Sequence[Fact],
    at: datetime,
) -> HttpResponse:
    names = model_admin.opts.verbose_name if len(facts) == 1 else model_admin.opts.verbose_name_plural
    what = facts[0] if len(facts) == 1 else f"{len(facts)} {names}"
    written = lines_in_words([fact for fact in (*facts, *made) if isinstance(fact, Fact)], at)
    if waits := waiting_words(made or facts):
        messages.warning(request, waits)
    if not waits or act is not PUBLISH:
        messages.success(request, f"{act.label}: done for {what}. {written}".strip())
    if request.user.has_perm("tracker.change_source"):
        _offer_copies(request, made)
    for problem in act.after(acting(request), timezone.now()):
        messages.error(request, problem)
    return HttpResponseRedirect(change_url(facts[0]) if len(facts) == 1 else list_url(model_admin))


def _offer_copies(request: HttpRequest, made: Sequence[Any]) -> None:
    """The public sees nothing of the paper behind what was made without a copy of its own."""
    for source in {fact.source for fact in made if getattr(fact, "source", None)}:
        if source.file and not source.redacted_file:
            words = render_to_string("admin/includes/paper_kept_words.html", {"source": source})
            messages.info(request, format_html("The paper behind it: {}", SafeString(words)))


def act_url(model_admin: Any, act: Act) -> str:
    return f"{list_url(model_admin)}act/{act.name}/"


def list_url(model_admin: Any) -> str:
    opts = model_admin.opts
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")


def as_list_action(act: Act) -> Callable[[Any, HttpRequest, QuerySet], HttpResponse | None]:
    """The same act, for what is ticked in a list: one call of the action for all of it."""

    def run(model_admin: Any, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        facts = list(queryset[: MOST + 1])
        if len(facts) > MOST:
            messages.error(request, f"That is more than {MOST} at once: choose fewer, or use an import.")
            return None
        if not any(act.fits(fact) for fact in facts):
            messages.error(request, f"“{act.label}” fits none of those chosen: nothing was changed.")
            return None
        return act_page(model_admin, request, act, facts)

    run.__name__ = act.name.replace("-", "_")
    run.short_description = act.label  # type: ignore[attr-defined]
    return run
