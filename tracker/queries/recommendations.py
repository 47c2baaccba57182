"""A recommendation as it is shown to anyone, on a day: in a list, and alone with all that hangs on it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any

from django.db.models import F, QuerySet, prefetch_related_objects
from orjson import Fragment, loads

from tracker.models import (
    Addressee,
    Body,
    Challenge,
    Group,
    Recommendation,
)
from tracker.models.base import span_of
from tracker.queries.addressees import AddresseeView, describe
from tracker.queries.challenges import (
    about_recommendations,
    argued,
    bodies_of,
)
from tracker.queries.hanging import OF_MANY, Hanging, hanging_on, limb_rows, theme_rows
from tracker.queries.happenings import claims_about, developments_around
from tracker.queries.lineage import LineageView, lineages
from tracker.queries.links import links_of
from tracker.queries.listed_documents import addressee_documents, values_of, with_standing
from tracker.queries.recommendation_views import LimbView, RecommendationDetail, RecommendationView
from tracker.queries.references import (
    Ends,
    ThemeRef,
    recommendation_ref,
    report_ref,
    source_view,
    spoken,
    written,
)
from tracker.queries.sentences import dated, of_one, of_parts, of_recommendation
from tracker.queries.sql import (
    IDS,
    ON,
    Among,
    Kept,
    Prepared,
    array,
    written_out,
)
from tracker.queries.statuses import asked_by
from tracker.queries.tallies import Tally, counts, tallies
from tracker.vocabulary import (
    RecommendationKind,
    TimeKind,
)


@dataclass(frozen=True)
class _Page:
    """What was loaded, once, for the asks of a page and their limbs."""

    on: date
    ends: Ends
    themes: dict[int, list[ThemeRef]]
    limbs: dict[int, list[Recommendation]]
    tally: Mapping[int, Tally]
    speakers: Mapping[int, Body]
    groups: Mapping[int, Group]
    alone: Mapping[int, str]
    lineage: Mapping[int, LineageView]
    challenges: Mapping[int, list[Challenge]]


def summarise(asks: Sequence[Recommendation], on: date) -> list[RecommendationView]:
    """The asks given, which are taken to be public, as they stood on a day; in their order.

    A fixed number of queries however many there are.
    """
    rows = list(asks)
    if not rows:
        return []
    prefetch_related_objects(rows, "report", "source", "part_of")
    limbs = _limbs(rows, on)
    tally = tallies("recommendation", _everything(rows, limbs), on)
    page = _load(rows, limbs, tally, _alone, on)
    return [_view(row, page) for row in rows]


def detail(ask: Recommendation, on: date) -> RecommendationDetail:
    """One public ask, as `recommendation_called` found it, with all that hangs on it, as it stood on a day."""
    has = hanging_on(ask)
    limbs = _limbs([ask], on) if "limbs" in has.kinds else {}
    everything = _everything([ask], limbs)
    page = _load([ask], limbs, tallies("recommendation", everything, on), _alone, on, has)
    return _detail(ask, page, has, {pk: _described(ids, on) for pk, ids in _put_to(everything, on).items()})


NOBODY = "[]"  # contests it: a list in JSON


def detail_with_documents(ask: Recommendation, on: date, root: str) -> RecommendationDetail:
    """The same, its addressees as JSON already (`listed_documents.py`); `root` is the address of the resources.

    What is counted of them and what is said of one alone come with the JSON: one reading of the addressees.
    """
    has = hanging_on(ask)
    limbs = _limbs([ask], on) if "limbs" in has.kinds else {}
    everything = _everything([ask], limbs)
    tally: dict[int, Tally] = defaultdict(Tally)
    called: dict[int, str] = {}
    told: dict[int, list[bytes]] = defaultdict(list)
    for pk, status, group, speakers, contested_by, name, document in told_text().rows(
        {"ids": array(everything), **values_of(on, root)}
    ):
        tally[pk].by_status[status] += 1
        tally[pk].via[group] += 1
        tally[pk].spoken_for.update(speakers or ())
        tally[pk].contested.update(() if contested_by == NOBODY else loads(contested_by))
        called[pk] = name
        told[pk].append(document)

    def alone(asks: Collection[int], _: date) -> dict[int, str]:
        return {pk: of_one(called[pk], loads(told[pk][0])["status_label"]) for pk in asks}

    page = _load([ask], limbs, tally, alone, on, has)
    return _detail(ask, page, has, {pk: Fragment(b"[%b]" % b",".join(told[pk])) for pk in everything})


@cache
def told_text() -> Prepared:
    """The addressees of asks: the ask, what is counted and said of each, and its JSON; one text, planned once."""
    page = written_out(
        _put().order_by().values("id", "ref", ask=F("recommendation"), body_name=F("body__name"))
    )
    return Prepared(
        f"SELECT ask, status, via_group, speakers, contested_by, called, doc FROM ({with_standing(page)}) AS told"
        " ORDER BY body_name, ref"
    )


def _detail(
    ask: Recommendation, page: _Page, has: Hanging, addressees: Mapping[int, Any]
) -> RecommendationDetail:
    prefetch_related_objects([ask], "report", "source", "part_of")
    whole = _view(ask, page)
    return RecommendationDetail(
        **{each.name: getattr(whole, each.name) for each in fields(whole)},
        limbs=[_limb(limb, page, addressees.get(limb.pk, [])) for limb in page.limbs.get(ask.pk, [])],
        links=links_of(ask, page.on) if "links" in has.kinds else [],
        addressees=addressees.get(ask.pk, []),
        developments=developments_around(ask, page.on) if "developments" in has.kinds else [],
        claims=claims_about(ask) if "claims" in has.kinds else [],
    )


Limbs = dict[int, list[Recommendation]]


def _everything(rows: list[Recommendation], limbs: Limbs) -> list[int]:
    """The asks, and the limbs of those that are answered in parts."""
    return [*(row.pk for row in rows), *(limb.pk for few in limbs.values() for limb in few)]


def _load(
    rows: list[Recommendation],
    limbs: Limbs,
    tally: dict[int, Tally],
    alone: Callable[[Collection[int], date], dict[int, str]],
    on: date,
    has: Hanging = OF_MANY,
) -> _Page:
    """`tally` counts the addressees of asks and limbs; `alone` tells of asks that were put to one body.

    `has`: what hangs on the asks.
    """
    single = [pk for pk in _everything(rows, limbs) if tally[pk].addressed == 1 and pk not in limbs]
    for whole, few in limbs.items():
        tally[whole] = sum((tally[limb.pk] for limb in few), tally[whole])
    challenges = about_recommendations([row.pk for row in rows]) if "challenges" in has.kinds else {}
    ends = Ends.load(
        bodies=[row.delivered_by_id for row in rows]
        + [pk for each in tally.values() for pk in each.spoken_for]
        + bodies_of(each for few in challenges.values() for each in few),
        groups=[pk for each in tally.values() for pk in each.via],
        regimes=[row.answer_regime_id for row in rows],
        recommendations=[row.offered_instead_of_id for row in rows],
    )
    return _Page(
        on,
        ends,
        _themes(
            theme_rows().rows({"ids": array(row.pk for row in rows)}) if has.themes is None else has.themes
        ),
        limbs,
        tally,
        ends.bodies,
        ends.groups,
        alone(single, on),
        lineages(
            rows,
            on,
            linked="links" in has.kinds,
            in_parts=[pk for pk, few in limbs.items() if few],
            refused=has.refused,
        ),
        challenges,
    )


def _limbs(rows: list[Recommendation], on: date) -> Limbs:
    found: dict[int, list[Recommendation]] = defaultdict(list)
    for limb in limb_rows().models({"ids": array(row.pk for row in rows), "on": on}):
        found[limb.part_of_id or 0].append(limb)
    return found


def _themes(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[ThemeRef]]:
    found: dict[int, list[ThemeRef]] = defaultdict(list)
    for ask, ref, name in rows:
        found[ask].append(ThemeRef(ref, name))
    return found


def _put_to(asks: Collection[int], on: date) -> dict[int, list[int]]:
    """The ids of the public addressees of asks, by the names of their bodies."""
    found: dict[int, list[int]] = defaultdict(list)
    for pk, ask in _put_rows().rows({"ids": array(asks), "on": on}):
        found[ask].append(pk)
    return found


@cache
def _put_rows() -> Prepared:
    rows = _put().order_by("body__name", "ref")
    return Prepared(written_out(rows.values_list("pk", "recommendation")))


def _put() -> QuerySet[Addressee]:
    """The public addressees of some asks."""
    return asked_by(Addressee.objects.public(), ON).filter(Among(F("recommendation"), IDS))


def _described(ids: list[int], on: date) -> list[AddresseeView]:
    rows = Addressee.objects.select_related("recommendation__report", "body").in_bulk(ids)
    return describe([rows[pk] for pk in ids], on)


def _alone(asks: Collection[int], on: date) -> dict[int, str]:
    """What is to be said of each ask that was put to one body: its status."""
    rows = _alone_rows().models({"ids": array(asks), "on": on}) if asks else []
    told = loads(addressee_documents([row.pk for row in rows], on, root="")) if rows else []
    return {
        row.recommendation_id: of_one(spoken(row.body), document["status_label"])
        for row, document in zip(rows, told, strict=True)
    }


@cache
def _alone_rows() -> Kept:
    return Kept(_put().select_related("body"))


def _view(row: Recommendation, page: _Page) -> RecommendationView:
    part_of = row.part_of
    return RecommendationView(
        id=row.ref,
        as_of=page.on,
        report=report_ref(row.report),
        number=row.number,
        limb=row.limb,
        part_of=recommendation_ref(part_of) if part_of else None,
        kind=RecommendationKind(row.kind),
        title=row.title,
        text=row.text,
        quote=row.quote,
        **dict(zip(("asked_on", "date_precision"), written(span_of(row, "asked")), strict=True)),
        aggregate=row.aggregate,
        themes=page.themes.get(row.pk, []),
        answer_due_on=row.answer_due_on,
        answer_regime=page.ends.regime(row.answer_regime_id),
        act_by=row.act_by,
        act_by_kind=TimeKind(row.act_by_kind),
        act_by_text=row.act_by_text,
        delivered_by=page.ends.body(row.delivered_by_id),
        offered_instead_of=page.ends.recommendation(row.offered_instead_of_id),
        counts=counts(page.tally[row.pk]),
        lineage=page.lineage[row.pk],
        sentence=_sentence(row.pk, page),
        **argued(page.challenges.get(row.pk, []), page.ends)._asdict(),
        source=source_view(row.source) if row.source else None,
    )


def _sentence(pk: int, page: _Page) -> str:
    """What is to be said of an ask: part by part, where it is answered in parts."""
    if pk in page.limbs:
        return dated(of_parts({limb.limb: _said(limb.pk, page) for limb in page.limbs[pk]}), page.on)
    return dated(_said(pk, page), page.on)


def _said(pk: int, page: _Page) -> str:
    if pk in page.alone:
        return page.alone[pk]
    tally = page.tally[pk]
    [group, *more] = [*tally.via] or [None]
    called = page.groups[group].members_called if group in page.groups and not more else "bodies"
    return of_recommendation(tally, called=called, speakers=page.speakers)


def _limb(row: Recommendation, page: _Page, addressees: list[AddresseeView]) -> LimbView:
    return LimbView(
        id=row.ref,
        number=row.number,
        limb=row.limb,
        title=row.title,
        text=row.text,
        counts=counts(page.tally[row.pk]),
        sentence=_sentence(row.pk, page),
        addressees=addressees,
    )
