"""What is known of a feed while rows of it are written: its source, its bodies, its reports and recommendations."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import F

from tracker.actions.correcting import correct
from tracker.actions.entering import add_bodies, add_sources
from tracker.actions.publishing import publish
from tracker.importing.bodies import Names
from tracker.importing.profiles import Profile
from tracker.ledger import Actor
from tracker.models import (
    Answer,
    Body,
    Fact,
    Import,
    ImportName,
    ImportRow,
    Recommendation,
    Regime,
    Report,
    Source,
    Theme,
)
from tracker.vocabulary import NameChoice

ALIAS_CONFIRMED = "A person confirmed that a feed means this body."


class Feed:
    """The facts that rows of one feed stand on. Those of reports and recommendations are read piece by piece."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.names = Names()
        self.regime = (
            Regime.objects.select_related("source").get(ref=profile.regime) if profile.regime else None
        )
        found = Body.objects.in_bulk(profile.publishers, field_name="ref")
        self.publishers = [found[ref] for ref in profile.publishers]
        self.themes = {theme.name: theme for theme in Theme.objects.filter(withdrawn_at=None)}
        self.source: Source = Source()
        self._bodies: dict[int, Body] = {}
        self.sources: dict[str, Source] = {}
        self.reports: dict[str, Report] = {}
        self.asks: dict[str, Recommendation] = {}
        self.numbers: set[tuple[str, str]] = set()
        # By addressee, the response and the answer that the feed has written.
        self.answered: dict[int, tuple[str, str]] = {}

    def enter_source(self, *, by: Actor, at: datetime) -> None:
        """The source of the feed itself, entered at its first import."""
        given = self.profile.source
        ref = f"feed-{self.profile.name}"
        kept = Source.objects.filter(ref__startswith=ref, title=given["title"], withdrawn_at=None).first()
        if kept is None:
            [ref] = self.free_refs(Source, [ref])
            kept = Source(
                ref=ref, **{name: given.get(name, "") for name in ("kind", "title", "url", "publisher")}
            )
            add_sources(sources=[kept], by=by, at=at)
            if self.profile.publish:
                publish(facts=[kept], by=by, at=at)
        self.source = kept

    def enter_names(self, of: Import, *, by: Actor, at: datetime) -> None:
        """What people said of names: other names are remembered with their body, new bodies are entered."""
        new: list[Body] = []
        choices = {each.name: each for each in of.names.exclude(choice="").select_related("body")}
        for each in choices.values():
            if self.names.find(each.name) is not None or each.choice == NameChoice.LEAVE:
                continue
            if each.choice == NameChoice.SAME and each.body is not None:
                self._remember(each, by, at)
            elif each.choice == NameChoice.NEW:
                new.append(
                    Body(
                        name=each.name,
                        kind=each.kind,
                        source=self.source,
                        verification=self.profile.verification,
                    )
                )
        if new:
            add_bodies(bodies=new, by=by, at=at)
            if self.profile.publish:
                publish(facts=new, by=by, at=at)
        for body in new:
            self.names.put(body.name, body.pk)

    def _remember(self, choice: ImportName, by: Actor, at: datetime) -> None:
        body = choice.body
        assert body is not None
        body.refresh_from_db()
        values = {"other_names": [*body.other_names, choice.name]}
        correct(fact=body, values=values, reason=ALIAS_CONFIRMED, by=by, at=at)
        self.names.put(choice.name, body.pk)

    def body(self, name: str) -> Body:
        """The body of a name. Raises ValueError where the plan knew one and the register no longer does."""
        pk = self.names.find(name)
        if pk is None:
            raise ValueError(f"{name}: no body has this name any more; plan the import again")
        if pk not in self._bodies:
            self._bodies[pk] = Body.objects.select_related("source").get(pk=pk)
        return self._bodies[pk]

    def bodies(self, names: Sequence[str]) -> list[Body]:
        return [*{body.pk: body for body in map(self.body, names)}.values()]

    def look_up(self, rows: Sequence[ImportRow]) -> None:
        """Read what the register knows of the reports, recommendations, answers and addresses of rows."""
        self._read_bodies(rows)
        known = ImportRow.objects.filter(feed=self.profile.name, applied=True)
        reports = known.filter(report_key__any_of={row.report_key for row in rows}).order_by("report_key")
        by_ref = {
            facts["report"]: key
            for key, facts in reports.distinct("report_key").values_list("report_key", "facts")
        }
        found = Report.objects.filter(ref__any_of=by_ref).select_related("regime__source", "source")
        self.reports = {by_ref[report.ref]: report for report in found}
        rows_of_asks = list(
            reports.filter(ask_key__any_of={row.ask_key for row in rows}).values_list(
                "ask_key", "report_key", "facts"
            )
        )
        self._read_asks(rows_of_asks)
        answers = {ref for _, _, facts in rows_of_asks for ref in facts.get("answer", [])}
        # What staff have withdrawn is known too: it is not written again.
        told = Answer.objects.filter(ref__any_of=answers)
        told = told.order_by(F("withdrawn_at").asc(nulls_last=True)).select_related("response")
        self.answered = {each.addressee_id: (each.response.ref, each.ref) for each in told}
        numbers = {row.said["ask"]["number"] for row in rows}
        taken = Recommendation.objects.filter(report__in=self.reports.values(), number__any_of=numbers)
        self.numbers = set(taken.values_list("report__ref", "number"))
        urls = {url for row in rows for url in (row.said["report"]["url"], row.said["reply"]["url"]) if url}
        self.sources = {
            source.url: source
            for source in Source.objects.filter(url__any_of=urls, withdrawn_at=None).order_by("-pk")
        }

    def _read_asks(self, rows: Sequence[tuple[str, str, dict[str, Any]]]) -> None:
        by_ref = {facts["recommendation"]: (ask_key, report_key) for ask_key, report_key, facts in rows}
        self.asks = {}
        for ask in Recommendation.objects.filter(ref__any_of=by_ref).select_related("source"):
            ask_key, report_key = by_ref[ask.ref]
            ask.report = self.reports[report_key]
            self.asks[ask_key] = ask

    def _read_bodies(self, rows: Sequence[ImportRow]) -> None:
        """All bodies of the rows that were not read yet, in one query."""
        names = {
            name
            for row in rows
            for name in (*row.said["names"], *row.said["repliers"], *row.said["report"]["publishers"])
        }
        ids = {pk for name in names if (pk := self.names.find(name)) is not None} - self._bodies.keys()
        self._bodies |= Body.objects.select_related("source").in_bulk(ids)

    def free_number(self, row: ImportRow) -> str:
        """The number of a recommendation, once in its report; one that is taken stands in its title only."""
        number = row.said["ask"]["number"]
        key = (self.reports[row.report_key].ref, number)
        if not number or key in self.numbers:
            return ""
        self.numbers.add(key)
        return str(number)

    def free_refs(self, model: type[Fact], wanted: Sequence[str]) -> list[str]:
        """Public names: as wanted, or with -2, -3 behind them where a name is taken."""
        refs = [*wanted]
        given: set[str] = set()
        unsettled = [*range(len(wanted))]
        number = 1
        while unsettled:
            asked = {refs[place] for place in unsettled}
            taken = set(model._default_manager.filter(ref__any_of=asked).values_list("ref", flat=True))
            left = []
            for place in unsettled:
                if refs[place] in taken or refs[place] in given:
                    left.append(place)
                else:
                    given.add(refs[place])
            number += 1
            for place in left:
                refs[place] = f"{wanted[place]}-{number}"
            unsettled = left
        return refs
