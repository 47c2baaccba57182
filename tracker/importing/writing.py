"""The facts of some rows of an import, through the actions in lists: sources, reports, asks, addressees, answers.

A batch is whole reports. What it enters it may publish at once, if the profile says how it was checked.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.text import slugify

from tracker.actions.assessments import assess
from tracker.actions.correcting import Correction, correct_all
from tracker.actions.entering import add_sources, add_themes
from tracker.actions.publishing import publish
from tracker.actions.reports import Put, add_recommendations, add_reports, address_each
from tracker.actions.responses import Letter, record_responses
from tracker.importing.comparing import (
    CORRECTED,
    STANDS_ON,
    OnRecordNow,
    note_of,
    refs_of,
    summary_of,
    tells_of_a_reply,
)
from tracker.importing.feed import Feed
from tracker.importing.replies import who_replied
from tracker.importing.saying import span
from tracker.ledger import Actor
from tracker.models import (
    Addressee,
    Answer,
    Assessment,
    Body,
    Fact,
    ImportRow,
    Recommendation,
    Report,
    Response,
    Source,
    Theme,
)
from tracker.models.base import span_columns
from tracker.models.moulds import Mould
from tracker.queries.days import register_day
from tracker.spans import parse_span
from tracker.vocabulary import Basis, ImportColumn, Outcome, ResponseKind, SourceKind, View

FEED_SAYS_SO = "The feed says so now."


class Writer:
    """Writes the rows of one feed, piece by piece."""

    def __init__(self, feed: Feed, *, by: Actor, at: datetime) -> None:
        self.feed, self.profile = feed, feed.profile
        self.writing: dict[str, Any] = {"by": by, "at": at}
        self.today = register_day(at)
        self.made: list[Fact] = []

    def write(self, rows: Sequence[ImportRow]) -> None:
        """Write rows that are new or changed, in the order in which facts stand on each other.

        Nothing is written over what somebody has edited since the plan was made.

        1. Reports and recommendations are those known of the feed, or new.
        2. Addressees: whoever is named and is none yet. Nobody is removed.
        3. Answers and claims of those who replied.
        4. What the feed says otherwise now is corrected.
        5. If the profile says so, what was entered is published.
        """
        self.made = []
        self.feed.look_up(rows)
        new = [row for row in rows if row.outcome == Outcome.NEW]
        changed = [row for row in rows if row.outcome == Outcome.CHANGED]
        on_record = OnRecordNow(changed, locked=True)
        self._check_unedited(changed, on_record)
        self._check_standing(new)
        self._sources(new)
        self._reports(new)
        self._recommendations(new)
        put = self._addressees(rows)
        answered = self._responses(rows, put)
        self._claims(rows, put, answered)
        self._corrections(changed, on_record)
        if self.profile.publish:
            publish(facts=self.made, reason="", **self.writing)

    def _check_unedited(self, rows: Sequence[ImportRow], on_record: OnRecordNow) -> None:
        """Raises ValueError where somebody has edited, since the plan was made, what a row would correct.

        What is to be corrected is locked until it is: nobody edits it in between.
        """
        for row in rows:
            if reason := on_record.withdrawn(row, *STANDS_ON) if tells_of_a_reply(row) else "":
                raise ValueError(f"row {row.number}: {reason}; plan the import again")
            before = {change[0]: change[1] for change in row.changes}
            for part, key, column, model, name in CORRECTED:
                if column in before:
                    said = (before[column], row.said[part][key])
                    reason = on_record.edited(row, model, name, *said) or on_record.noted(row, name, *said)
                    if reason:
                        raise ValueError(f"row {row.number}, {column}: {reason}; plan the import again")

    def _check_standing(self, rows: Sequence[ImportRow]) -> None:
        """Raises ValueError where the report or the recommendation of a new row was withdrawn since the plan."""
        for row in rows:
            for fact in (self.feed.reports.get(row.report_key), self.feed.asks.get(row.ask_key)):
                if fact is not None and fact.withdrawn_at is not None:
                    raise ValueError(
                        f"row {row.number}: the {fact.noun} {fact.ref} was withdrawn; plan the import again"
                    )

    def _sources(self, rows: Sequence[ImportRow]) -> None:
        """A source for each address that is not one yet."""
        titles: dict[str, str] = {}
        for row in rows:
            report, reply = row.said["report"], row.said["reply"]
            if report["url"]:
                titles.setdefault(report["url"], self._report_title(row))
            if reply["url"]:
                titles.setdefault(reply["url"], f"Reply: {self._report_title(row)}"[:500])
        missing = [url for url in titles if url not in self.feed.sources]
        refs = self.feed.free_refs(
            Source, [f"{self.profile.prefix}-{slugify(titles[url])[:60]}" for url in missing]
        )
        sources = [
            Source(
                ref=ref,
                kind=SourceKind.PAGE,
                title=titles[url],
                url=url,
                publisher=self.profile.source["title"],
            )
            for ref, url in zip(refs, missing, strict=True)
        ]
        self._enter(add_sources(sources=sources, **self.writing))
        self.feed.sources |= {source.url: source for source in sources}

    def _source(self, url: str) -> Source:
        return self.feed.sources.get(url) or self.feed.source

    def _report_title(self, row: ImportRow) -> str:
        report = row.said["report"]
        return str(report["title"] or f"{self.profile.title}: {report['ref'] or row.said['ask']['title']}")[
            :500
        ]

    def _reports(self, rows: Sequence[ImportRow]) -> None:
        first: dict[str, ImportRow] = {}
        publishers: dict[str, dict[int, Body]] = {}
        for row in rows:
            if row.report_key not in self.feed.reports:
                first.setdefault(row.report_key, row)
                named = [self.feed.body(name) for name in row.said["report"]["publishers"]]
                publishers.setdefault(row.report_key, {}).update({each.pk: each for each in named})
        wanted = []
        for row in first.values():
            words = slugify(row.said["report"]["ref"] or self._report_title(row))
            wanted.append(f"{self.profile.prefix}-{words[:44] or row.report_key[:12]}".strip("-"))
        reports = [
            Report(
                ref=ref,
                title=self._report_title(row),
                kind=self.profile.report_kind,
                regime=self.feed.regime,
                source=self._source(row.said["report"]["url"]),
                verification=self.profile.verification,
                **span_columns("dated", span(row.said["report"]["date"])),
            )
            for ref, row in zip(self.feed.free_refs(Report, wanted), first.values(), strict=True)
        ]
        of_all = {each.pk: each for each in self.feed.publishers}
        by_place = {place: [*(of_all | publishers[key]).values()] for place, key in enumerate(first)}
        self._enter(add_reports(reports=reports, publishers=by_place, **self.writing))
        self.feed.reports |= dict(zip(first, reports, strict=True))

    def _recommendations(self, rows: Sequence[ImportRow]) -> None:
        first: dict[str, ImportRow] = {}
        for row in rows:
            if row.ask_key not in self.feed.asks:
                first.setdefault(row.ask_key, row)
        wanted = []
        for row in first.values():
            report, ask = self.feed.reports[row.report_key], row.said["ask"]
            words = slugify(ask["number"]) or slugify(ask["title"])
            wanted.append(f"{report.ref}/{words[:60].strip('-') or row.ask_key[:12]}")
        mould = Mould(Recommendation, verification=self.profile.verification)
        asks = [
            mould.cast(
                ref=ref,
                report=self.feed.reports[row.report_key],
                number=self.feed.free_number(row),
                title=row.said["ask"]["title"],
                text=row.said["ask"]["text"],
                position=min(row.number, 32_000),
                source=self._source(row.said["report"]["url"]),
            )
            for ref, row in zip(self.feed.free_refs(Recommendation, wanted), first.values(), strict=True)
        ]
        themes = {
            place: [self._theme(name) for name in row.said["ask"]["themes"]]
            for place, row in enumerate(first.values())
        }
        self._enter(add_recommendations(recommendations=asks, themes=themes, **self.writing))
        self.feed.asks |= dict(zip(first, asks, strict=True))

    def _theme(self, name: str) -> Theme:
        if name not in self.feed.themes:
            theme = Theme(name=name)
            self._enter(add_themes(themes=[theme], **self.writing))
            self.feed.themes[name] = theme
        return self.feed.themes[name]

    def _addressees(self, rows: Sequence[ImportRow]) -> dict[tuple[int, int], Addressee]:
        """By recommendation and body, the addressees of the rows, old and new."""
        puts: dict[int, dict[int, Body]] = {}
        for row in rows:
            ask = self.feed.asks[row.ask_key]
            puts.setdefault(ask.pk, {}).update({b.pk: b for b in self.feed.bodies(row.said["names"])})
        by_id = {ask.pk: ask for ask in self.feed.asks.values()}
        made = address_each(
            puts=[
                Put(by_id[pk], [*bodies.values()], confirmed=self.profile.confirm_deadlines)
                for pk, bodies in puts.items()
            ],
            **self.writing,
        )
        self._enter(made)
        found = {(each.recommendation_id, each.body_id): each for each in made if isinstance(each, Addressee)}
        wanted = [(pk, body) for pk, bodies in puts.items() for body in bodies if (pk, body) not in found]
        if wanted:
            rest = Addressee.objects.filter(recommendation__any_of={pk for pk, _ in wanted})
            for each in rest.select_related("recommendation__report", "body"):
                found.setdefault((each.recommendation_id, each.body_id), each)
        for row in rows:
            ask, report = self.feed.asks[row.ask_key], self.feed.reports[row.report_key]
            refs = [found[ask.pk, body.pk].ref for body in self.feed.bodies(row.said["names"])]
            old = refs_of(row, Addressee)
            row.facts |= {
                "report": report.ref,
                "recommendation": ask.ref,
                "addressee": [*dict.fromkeys([*old, *refs])],
            }
        return found

    def _replied(self, row: ImportRow, put: Mapping[tuple[int, int], Addressee]) -> list[Addressee]:
        """The addressees of a row of whose reply it tells."""
        addressed = [body.pk for body in self.feed.bodies(row.said["names"])]
        repliers = [body.pk for body in self.feed.bodies(row.said["repliers"])]
        replied, _ = who_replied(row.said, addressed, repliers, self.profile)
        ask = self.feed.asks[row.ask_key]
        return [put[ask.pk, body] for body in replied]

    def _responses(
        self, rows: Sequence[ImportRow], put: Mapping[tuple[int, int], Addressee]
    ) -> set[tuple[int, int]]:
        """A response for each reply that is not known yet: one document a body and row. Which rows and addressees."""
        wanted: list[tuple[ImportRow, Addressee]] = []
        answered = self.feed.answered
        replied = [(row, self._replied(row, put)) for row in rows]
        for row, addressees in replied:
            for addressee in addressees:
                if addressee.pk not in answered:
                    answered[addressee.pk] = ("", "")
                    wanted.append((row, addressee))
        refs = self.feed.free_refs(Response, [f"{self.profile.prefix}-reply-{r.key[:10]}" for r, _ in wanted])
        letters = []
        responses = Mould(Response, kind=ResponseKind.FORMAL, verification=self.profile.verification)
        answers = Mould(Answer, basis=Basis.OUR_READING)
        for ref, (row, addressee) in zip(refs, wanted, strict=True):
            reply = row.said["reply"]
            response = responses.cast(
                ref=ref,
                title=f"Reply of {addressee.body.name}"[:500],
                author=addressee.body,
                source=self._source(reply["url"] or row.said["report"]["url"]),
                **span_columns("written", span(reply["on"])),
            )
            text = reply["text"]
            answer = answers.cast(
                addressee=addressee,
                position=reply["position"],
                summary=summary_of(text),
                note=note_of(text),
            )
            letters.append(Letter(response, [answer]))
        if letters:
            record_responses(letters=letters, **self.writing)
        for letter, (_, addressee) in zip(letters, wanted, strict=True):
            self._enter([letter.response, *letter.answers])
            answered[addressee.pk] = (letter.response.ref, letter.answers[0].ref)
        for row, addressees in replied:
            # Several rows may tell of one answer: each of them may correct it.
            for model, place in ((Response, 0), (Answer, 1)):
                refs = [*refs_of(row, model), *(answered[each.pk][place] for each in addressees)]
                if refs:
                    row.facts[str(model.noun)] = [*dict.fromkeys(refs)]
        return {(row.pk, addressee.pk) for row, addressee in wanted}

    def _claims(
        self,
        rows: Sequence[ImportRow],
        put: Mapping[tuple[int, int], Addressee],
        answered: Collection[tuple[int, int]],
    ) -> None:
        """What bodies say of their own deeds: their claim, never the register's verdict. `answered`: just now."""
        wanted: list[tuple[ImportRow, Addressee]] = []
        for row in rows:
            claimed = row.said["reply"]["claimed"]
            new = row.outcome == Outcome.NEW or any(change[0] == "claimed" for change in row.changes)
            if claimed:
                wanted += [
                    (row, addressee)
                    for addressee in self._replied(row, put)
                    if new or (row.pk, addressee.pk) in answered
                ]
        claims: dict[str, tuple[ImportRow, Assessment]] = {}
        for row, addressee in wanted:
            reply = row.said["reply"]
            # Without a date, it is known to be claimed by the day of the import.
            on = span(reply["on"]) or parse_span(self.today.isoformat(), by=True)
            claim = Assessment(
                ref=f"{addressee.ref}/{View.CLAIMED}-{on.written}",
                addressee=addressee,
                view=View.CLAIMED,
                implementation=reply["claimed"],
                made_by=addressee.body,
                source=self._source(reply["url"] or row.said["report"]["url"]),
                verification=self.profile.verification,
                **span_columns("assessed", on),
            )
            claims.setdefault(claim.ref, (row, claim))
        refs = self.feed.free_refs(Assessment, [*claims])
        for ref, (row, claim) in zip(refs, claims.values(), strict=True):
            claim.ref = ref
            row.facts["assessment"] = [*refs_of(row, Assessment), ref]
        made = [claim for _, claim in claims.values()]
        if made:
            assess(assessments=made, **self.writing)
        self._enter(made)

    def _corrections(self, rows: Sequence[ImportRow], on_record: OnRecordNow) -> None:
        """Bring what is on record into line with what the feed says now. It was seen that nobody edited it."""
        wanted: dict[type[Fact], dict[int, tuple[Fact, dict[str, Any], dict[str, Any]]]] = {}

        def want(fact: Fact, **values: Any) -> None:
            wanted.setdefault(type(fact), {}).setdefault(fact.pk, (fact, {}, {}))[1].update(values)

        for row in rows:
            columns = {change[0]: change[1] for change in row.changes}
            for part, key, column, model, name in CORRECTED:
                if column in columns:
                    value = row.said[part][key]
                    for fact in on_record.of(row, model):
                        want(fact, **{name: summary_of(value) if name == "summary" else value})
                        if name == "summary" and (note_of(value) or note_of(columns[column])):
                            want(fact, note=note_of(value))
            if ImportColumn.REPLIED_ON in columns:
                for answer in on_record.of(row, Answer):
                    assert isinstance(answer, Answer)
                    want(answer.response, **span_columns("written", span(row.said["reply"]["on"])))
            if ImportColumn.PUBLISHER in columns:
                self._more_publishers(row, wanted)
        for found in wanted.values():
            corrections = [Correction(fact, values, sets) for fact, values, sets in found.values()]
            correct_all(corrections=corrections, reason=FEED_SAYS_SO, **self.writing)

    def _more_publishers(self, row: ImportRow, wanted: dict[type[Fact], dict[int, Any]]) -> None:
        report = self.feed.reports[row.report_key]
        entry = wanted.setdefault(Report, {}).setdefault(report.pk, (report, {}, {}))
        before = entry[2].get("publishers") or list(report.publishers.order_by("publisher_rows__position"))
        named = [self.feed.body(name) for name in row.said["report"]["publishers"]]
        entry[2]["publishers"] = [*{each.pk: each for each in [*before, *named]}.values()]

    def _enter(self, facts: Sequence[Fact]) -> None:
        self.made += facts
