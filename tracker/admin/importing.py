"""Imports at the desk: upload, match columns, read the plan, say whom names mean, apply, undo. Plain forms."""

import csv
import io
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from tracker.admin.event import ReadOnlyAdmin
from tracker.admin.gate import must
from tracker.admin.import_forms import NameForm, OverrideForm, UndoForm, UploadForm, match_form
from tracker.admin.site import site
from tracker.importing import jobs
from tracker.importing.matching import look_at
from tracker.importing.problems import Refused
from tracker.importing.profiles import profile_named, read_profile
from tracker.importing.report import COUNTS, HEADER, pace, plan_rows
from tracker.importing.undoing import EditedSince
from tracker.models import Import, ImportProfile, ImportRow, User
from tracker.vocabulary import WORKING, ImportState, Outcome

# So small an import is done while the person waits; a larger one is the worker's.
SMALL_BYTES, SMALL_ROWS = 256 * 1024, 500
ROWS_SHOWN, NAMES_SHOWN = 50, 25


@admin.register(Import, site=site)
class ImportAdmin(ReadOnlyAdmin):
    """Each import has one page: what is to be done next, the plan, and what became of it."""

    list_display = ("id", "file_name", "feed", "state", "read", "by", "created_at")
    list_display_links = ("id", "file_name")
    list_select_related = ("by",)
    list_filter = ("state",)
    search_fields = ("file_name", "feed")
    ordering = ("-id",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("tracker.add_import")

    def get_urls(self) -> list[Any]:
        def page(route: str, view: Any, name: str) -> Any:
            return path(route, self.admin_site.admin_view(view), name=f"tracker_import_{name}")

        return [
            page("<int:pk>/match/", self.match_page, "match"),
            page("<int:pk>/plan.csv", self.plan_file, "plan_file"),
            page("<int:pk>/do/<slug:what>/", self.do, "do"),
            *super().get_urls(),
        ]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Upload a file: by a profile that is there, or to match its columns first."""
        self._needs(request, "add")
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            try:
                of = jobs.begin(
                    file_name=file.name, pieces=file.chunks(), user=_user(request), at=timezone.now()
                )
            except ValueError as error:
                form.add_error("file", f"{file.name}: {error}.")
            else:
                return self._begun(request, of, form.cleaned_data["profile"])
        return self._page(request, "admin/import_upload.html", title="Upload a file", form=form)

    def _begun(self, request: HttpRequest, of: Import, profile: str) -> HttpResponse:
        if not profile:
            return HttpResponseRedirect(reverse("admin:tracker_import_match", args=[of.pk]))
        try:
            jobs.ask_plan(of, profile_named(profile))
        except Refused as refused:
            messages.error(request, str(refused))
        self._run_if_small(of)
        return self._to(of)

    def match_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say what each column is, and then what the words of the status column mean: a new profile."""
        self._needs(request, "add")
        of = get_object_or_404(Import, pk=pk)
        status = request.POST.get("column_status", "") if request.method == "POST" else ""
        try:
            seen = look_at(of, status)
        except ValueError as error:
            Import.objects.filter(pk=pk, state=ImportState.UPLOADED).update(
                state=ImportState.REFUSED, said=f"{error}."
            )
            return self._to(of)
        form = match_form(seen)(request.POST if request.method == "POST" else None)
        asked = request.POST.get("words_asked") == status
        if request.method == "POST" and form.is_valid() and (asked or not seen.words):
            definition = form.definition()
            try:
                profile = read_profile(definition, form.cleaned_data["name"])
            except Refused as refused:
                for problem in refused.problems:
                    form.add_error(None, f"{problem.path}: {problem.fix}")
            else:
                ImportProfile.objects.update_or_create(
                    name=profile.name, defaults={"definition": definition, "made_by": _user(request)}
                )
                jobs.ask_plan(of, profile)
                self._run_if_small(of)
                return self._to(of)
        return self._page(
            request,
            "admin/import_match.html",
            title="Match the columns",
            form=form,
            of=of,
            seen=seen,
            status=status,
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The page of an import."""
        self._needs(request, "view")
        of = get_object_or_404(Import, pk=object_id) if object_id.isdigit() else None
        if of is None:
            return HttpResponseRedirect(reverse("admin:tracker_import_changelist"))
        outcome = request.GET.get("outcome", "")
        rows = ImportRow.objects.filter(of=of).exclude(outcome="").order_by("number")
        if outcome in Outcome.values:
            rows = rows.filter(outcome=outcome)
        elif of.state != ImportState.UPLOADED:
            rows = rows.exclude(outcome=Outcome.SAME)
        shown = Paginator(rows, ROWS_SHOWN).get_page(request.GET.get("p"))
        names = of.names.select_related("body")
        return self._page(
            request,
            "admin/import_page.html",
            title=of.file_name,
            of=of,
            counts=[(name, of.counts.get(name, 0)) for name in COUNTS] if of.counts else [],
            outcome=outcome,
            rows=shown,
            name_forms=[
                NameForm(prefix=f"name-{each.pk}", instance=each, auto_id="id_%s")
                for each in names[:NAMES_SHOWN]
            ],
            more_names=max(0, names.count() - NAMES_SHOWN),
            working=of.state in WORKING,
            pace=pace(of.done, of.total, (timezone.now() - of.begun_at).total_seconds())
            if of.begun_at
            else None,
            override=OverrideForm(),
            undo=UndoForm(),
        )

    def do(self, request: HttpRequest, pk: int, what: str) -> HttpResponse:
        """One step further, by a button of the page."""
        of = get_object_or_404(Import, pk=pk)
        because = request.POST.get("because", "")
        steps: dict[str, Callable[[], None]] = {
            "names": lambda: self._say_names(request, of),
            "again": lambda: jobs.ask_plan(of, read_profile(of.definition, of.feed)),
            "apply": lambda: jobs.ask_apply(of, user=_user(request)),
            "override": lambda: jobs.override_stop(of, user=_user(request), because=because),
            "undo": lambda: jobs.ask_undo(of, user=_user(request), because=because),
        }
        self._needs(request, "add" if what in ("names", "again") else "change")
        if request.method != "POST" or what not in steps:
            return self._to(of)
        try:
            steps[what]()
        except (EditedSince, ValueError, Refused) as error:
            messages.error(request, f"Nothing was done: {error}")
        else:
            self._run_if_small(of)
        return self._to(of)

    def _say_names(self, request: HttpRequest, of: Import) -> None:
        """Take what a person says of names, and plan anew. Raises ValueError for what cannot be meant."""
        for name in of.names.select_related("body")[:NAMES_SHOWN]:
            form = NameForm(request.POST, prefix=f"name-{name.pk}", instance=name)
            if not form.is_valid():
                said = " ".join(each for few in form.errors.values() for each in few)
                raise ValueError(f"“{name.name}”: {said}")
            form.save()
        jobs.ask_plan(of, read_profile(of.definition, of.feed))

    def plan_file(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The whole plan as a spreadsheet."""
        self._needs(request, "view")
        of = get_object_or_404(Import, pk=pk)
        response = StreamingHttpResponse(_csv_lines(of), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="import-{of.pk}-plan.csv"'
        return response

    def _run_if_small(self, of: Import) -> None:
        of.refresh_from_db()
        if of.file_size <= SMALL_BYTES and of.read <= SMALL_ROWS and of.state in WORKING:
            jobs.run(of.pk, clock=timezone.now)

    def _page(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        every = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, {**every, **context})

    @staticmethod
    def _to(of: Import) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:tracker_import_change", args=[of.pk]))

    @staticmethod
    def _needs(request: HttpRequest, right: str) -> None:
        must(request, f"tracker.{right}_import")


def _user(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _csv_lines(of: Import) -> Iterator[bytes]:
    line = io.StringIO()
    writer = csv.writer(line)
    yield b"\xef\xbb\xbf"  # so that a spreadsheet reads it as UTF-8
    for row in chain([HEADER], plan_rows(of)):
        writer.writerow(row)
        yield line.getvalue().encode()
        line.seek(0)
        line.truncate()
