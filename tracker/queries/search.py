"""Full text over what the public may read: which rows have what is sought, how well, and where.

A row is searched in several places: its own texts, those of the public facts it belongs to, the names of bodies, what
was answered by the day. Each is a column of words on the row where the text stands, so nothing has to be kept in step
and no draft has a place: a term is found where a public row of one of the places holds it. Names that nobody bears are
compared by their letters, for typing errors.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    F,
    FloatField,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Coalesce, Round

from tracker.models import (
    Addressee,
    Answer,
    Body,
    JointAuthor,
    Publisher,
    Recommendation,
    Report,
    Response,
)
from tracker.queries.keysets import KEPT, Few
from tracker.queries.meaning import Group, Meant, Sought, meant
from tracker.queries.sql import Among, Named, Prepared, array, named_ids, with_values, written_out
from tracker.queries.words import Cut, Holds, Marked, Phrase, Rank, safe

# In order of relevance stand the rows entered last, at most so many: what is in every second text has no best one.
MOST_RANKED = 2000
# What more rows of one place hold is looked for row by row, in the order of the list; what is rarer is looked up in the
# indexes first. Either finds the same.
_RARE = 5000
# A sample of so many rows, spread over all, more than so many of which hold what is everywhere.
_SAMPLE, _EVERYWHERE = 32, 3
# How well a name fits, among ranks of texts; a word of a title has about as much.
_NAMED = 0.6
NOTHING = Q(Value(False, BooleanField()))
RELEVANCE = "relevance"
RELEVANCE_ORDER: dict[str, Sequence[str]] = {RELEVANCE: ("-relevance", "ref")}


@dataclass(frozen=True, kw_only=True, eq=False)
class Place:
    """One place where a term may stand: `words` of a text, or `names` of a body, on the row itself or on its parts.

    `parts` are public rows of another table, and `key` leads from them to the row. `shown` is what a snippet is cut of.
    """

    weight: float
    words: str = ""
    names: str = ""
    shown: Sequence[str] = ()
    parts: Callable[[date], QuerySet[Any]] | None = None
    key: str = "pk"

    def holding(self, term: Meant) -> Q:
        return Q(Holds(self.words, term.phrase)) if self.words else Q(**{f"{self.names}__in": term.bodies})

    def table(self, model: type[Model]) -> type[Model]:
        """The model whose rows hold the words or names: its own, or that of its parts."""
        return self.parts(date.min).model if self.parts else model

    def may_be(self, model: type[Model], number: int) -> QuerySet[Any]:
        """The rows, or their parts, that hold a term, whether the public sees them or not: by the index alone.

        The term is a parameter of the text: `words0` and `bodies0` are of the first one.
        """
        return self.table(model)._default_manager.filter(self._given(number)).order_by().values_list("pk")

    def _given(self, number: int, words: str = "") -> Q:
        if self.words:
            return Q(Holds(words or self.words, Phrase(Named(f"words{number}", TextField()))))
        return Q(Among(F(self.names), named_ids(f"bodies{number}")))

    def on_a_row(self, term: Meant, on: date) -> Q:
        """Whether one row has the term in this place."""
        if self.parts is None:
            return self.holding(term)
        # First whether there is any, then whether it is public: the second is asked of few.
        any_part = self.parts(on).model._default_manager.all()
        return _is_there(self._held(any_part, term)) & _is_there(self._held(self.parts(on), term))

    def _held(self, parts: QuerySet[Any], term: Meant) -> QuerySet[Any]:
        return parts.filter(self.holding(term), **{self.key: OuterRef("pk")})

    def sampled(self, model: type[Model], number: int) -> QuerySet[Any]:
        """Whether each row of a sample holds a term, where its words or names stand.

        Spread over all that were ever entered: of those entered last, one report may hold a rare word in every text.
        """
        *way, text = self.words.split("__")
        rows = self.table(model)
        for step in way:
            rows = rows._meta.get_field(step).related_model  # type: ignore[assignment]
        spread = RawSQL(
            f"ARRAY(SELECT generate_series(1, top, GREATEST(top / {_SAMPLE}, 1))"
            f" FROM (SELECT max(id) AS top FROM {rows._meta.db_table}) AS entered)",
            [],
        )
        holds = Case(When(self._given(number, text), then=True), default=False, output_field=BooleanField())
        return rows._default_manager.filter(Among(F("pk"), spread)).order_by().values_list(holds)

    def newest(self, rows: QuerySet[Any], term: Meant, on: date) -> QuerySet[Any]:
        """The rows, among those given, that hold the term: those entered last, as many as are ranked."""
        if self.parts is None:
            return rows.filter(self.holding(term)).order_by("-pk").values_list("pk", flat=True)[:MOST_RANKED]
        held = self.parts(on).filter(self.holding(term), **{f"{self.key}__in": rows.order_by().values("pk")})
        return held.order_by("-pk").values_list(self.key, flat=True)[:MOST_RANKED]

    def best(self, value: Any, condition: Any, on: date, output: Any) -> Any:
        """A value taken of the place where a condition holds; of several parts, of the one that was entered first."""
        if self.parts is None:
            return Case(When(condition, then=value), output_field=output)
        found = self.parts(on).filter(condition, **{self.key: OuterRef("pk")}).order_by("pk")
        return Subquery(found.annotate(_value=value).values("_value")[:1], output)

    def anything(self, sought: Sought) -> Any:
        return Holds(self.words, sought.phrases) if self.words else Q(**{f"{self.names}__in": sought.bodies})

    def rank(self, sought: Sought) -> Any:
        fits = Rank(self.words, sought.phrases) if self.words else Value(_NAMED)
        return self.best(fits, self.anything(sought), sought.on, FloatField()) * Value(self.weight)

    def snippet(self, sought: Sought) -> Any:
        cut = Cut(self.shown, sought.phrases) if self.words else Marked(F(f"{self.shown[0]}"))
        return self.best(cut, self.anything(sought), sought.on, TextField())


def _is_there(held: QuerySet[Any]) -> Q:
    """Not EXISTS: PostgreSQL would read all the parts there are into a table first, to find fifty rows."""
    one = Subquery(held.order_by().annotate(_held=Value(True)).values("_held")[:1], BooleanField())
    return Q(Coalesce(one, Value(False), output_field=BooleanField()))


def _answers(*given: str) -> Callable[[date], QuerySet[Answer]]:
    def said(on: date) -> QuerySet[Answer]:
        """The public answers given by a day; what came later was not yet said."""
        return Answer.objects.public(given=given).filter(
            Q(response__answered_earliest=None) | Q(response__answered_earliest__lte=on)
        )

    return said


_ASK = ("title", "text", "quote")
_SAID = ("summary", "quote", "conditions", "waits_for")

# Where each noun is searched, the telling places first.
PLACES: dict[type[Model], Sequence[Place]] = {
    Addressee: (
        Place(weight=1.0, words="recommendation__title", shown=[f"recommendation__{name}" for name in _ASK]),
        Place(weight=1.0, names="body", shown=["body__name"]),
        Place(weight=0.8, words="summary", shown=_SAID, parts=_answers("addressee"), key="addressee"),
        Place(
            weight=0.3, words="recommendation__report__title", shown=["recommendation__report__title"]
        ),
    ),
    Recommendation: (
        Place(weight=1.0, words="title", shown=_ASK),
        Place(
            weight=0.6, names="body", shown=["body__name"], key="recommendation",
            parts=lambda _: Addressee.objects.public(given=("recommendation",)),
        ),
        Place(weight=0.6, words="summary", shown=_SAID, parts=_answers(), key="addressee__recommendation"),
        Place(weight=0.3, words="report__title", shown=["report__title"]),
    ),
    Report: (
        Place(weight=1.0, words="title", shown=["title"]),
        Place(
            weight=0.6, names="body", shown=["body__name"], key="report",
            parts=lambda _: Publisher.objects.all(),
        ),
        Place(
            weight=0.4, words="title", shown=_ASK, key="report",
            parts=lambda on: Recommendation.objects.public(given=("report",)).filter(asked_earliest__lte=on),
        ),
    ),
    Response: (
        Place(weight=1.0, words="title", shown=["title"]),
        Place(weight=1.0, names="author", shown=["author__name"]),
        Place(
            weight=0.6, names="body", shown=["body__name"], key="response",
            parts=lambda _: JointAuthor.objects.all(),
        ),
        Place(
            weight=0.8, words="summary", shown=_SAID, key="response",
            parts=lambda _: Answer.objects.public(given=("response",)),
        ),
    ),
    Body: (
        Place(weight=1.0, names="pk", shown=["name"]),
    ),
}  # fmt: skip


def found(rows: QuerySet[Any], text: str, on: date, *, ranked: bool) -> QuerySet[Any]:
    """Those of the public rows given that have what is sought; in order of relevance they are `MOST_RANKED` at most.

    A text that holds no word at all, or only the most frequent ones of the language, finds nothing. Small statements
    one after the other: what the terms mean, where each may be, which of their parts are public, and where it is to
    be ranked, which rows to rank. As one statement they took longer to plan than to run.
    """
    sought = meant(text, on)
    rare, telling = _looked_up(rows.model, sought)
    few = _at_most(sought, rare) <= MOST_RANKED
    if few or not ranked:
        told = {"relevance": _relevance(telling, sought)} if ranked else {}
        fits = _any_group(rows.model, sought, rare)
        fitting = rows.filter(fits).annotate(**told)
        if few:
            fitting.few = Few(rows.model._default_manager.filter(fits).annotate(**told), rows)  # type: ignore[attr-defined]
        return fitting
    newest: set[int] = set()
    for group in sought.groups:
        fits = _all_of(rows.model, group, sought.on, rare)
        newest.update(_newest(rows, group, fits, sought, rare))
    ids = sorted(newest, reverse=True)[:MOST_RANKED]
    return rows.model._default_manager.filter(pk__any_of=ids).annotate(relevance=_relevance(telling, sought))


def _at_most(sought: Sought, rare: Mapping[str, list[int]]) -> int:
    """How many rows may fit, by the rarest term of each group alone; more than are ranked if that is not known."""
    known = (
        [len(rare[term.words]) for term in group.present if term.words in rare] for group in sought.groups
    )
    return sum(min(few, default=MOST_RANKED + 1) for few in known)


def _newest(
    rows: QuerySet[Any], group: Group, fits: Q, sought: Sought, rare: Mapping[str, list[int]]
) -> Iterable[int]:
    """The ids of the rows entered last that a group fits.

    Where every term is frequent, those of each place in which the first one may be, so that no place is read whole.
    """
    found = rows.filter(fits).order_by("-pk").values_list("pk", flat=True)[:MOST_RANKED]
    if any(term.words in rare for term in group.present):
        text, values = with_values(found, "value")
        return [pk for (pk,) in Prepared(text).rows(values, keep=sought.is_short)]
    if not group.present:
        return found
    first, *others = group.present
    rest = rows.filter(_all_of(rows.model, Group(tuple(others), group.absent), sought.on, rare))
    return {pk for place in _places(rows.model, first) for pk in place.newest(rest, first, sought.on)}


def snippets(model: type[Model], ids: Collection[int], text: str, on: date) -> dict[int, str]:
    """Of each row, the piece of its first telling place where something sought stands. Two queries.

    It is HTML: escaped, and each word that was found between `<mark>` and `</mark>`, the only tags in it.
    """
    sought = meant(text, on)
    if not (sought.wanted and ids):
        return {}
    places = [place.snippet(sought) for place in PLACES[model] if place.words or sought.bodies]
    cut = Coalesce(*places, Value(""), Value(""), output_field=TextField())
    rows = model._default_manager.filter(pk__any_of=ids).values_list("pk", cut)
    return {pk: safe(piece) for pk, piece in rows if piece}


def _any_group(model: type[Model], sought: Sought, rare: Mapping[str, list[int]]) -> Q:
    condition = NOTHING
    for group in sought.groups:
        condition |= _all_of(model, group, sought.on, rare)
    return condition


def _all_of(model: type[Model], group: Group, on: date, rare: Mapping[str, list[int]]) -> Q:
    """All that must be there and nothing that must not: the rarest looked up, the others row by row."""
    present = sorted(group.present, key=lambda term: len(rare.get(term.words, range(_RARE + 1))))
    fits = Q(Value(True, BooleanField()))
    if present and present[0].words in rare:
        fits &= Q(pk__any_of=rare[present.pop(0).words])
    for term in present:
        fits &= _anywhere(model, term, on)
    for term in group.absent:
        fits &= ~_anywhere(model, term, on)
    return fits


def _anywhere(model: type[Model], term: Meant, on: date) -> Q:
    condition = NOTHING
    for place in _places(model, term):
        condition |= place.on_a_row(term, on)
    return condition


def _places(model: type[Model], term: Meant) -> list[Place]:
    """The places where the term can be at all, the row itself first: no name is looked for that nobody bears."""
    places = [place for place in PLACES[model] if place.words or term.bodies]
    return sorted(places, key=lambda place: place.parts is not None)


def _looked_up(model: type[Model], sought: Sought) -> tuple[dict[str, list[int]], list[Place]]:
    """The rows that hold each term that is rare, by the term, no more than those but for drafts; and in which places
    any of the terms may be.

    What is in more than so many rows of one place is left to be looked for row by row.
    """
    asked = {term: _places(model, term) for term in sought.wanted}
    somewhere = {term: places for term, places in asked.items() if places}
    held = _held(model, somewhere, keep=sought.is_short) if somewhere else {}
    rare: dict[str, list[int]] = {}
    for term, places in asked.items():
        found = [(place, held[term.words, place]) for place in places]
        if all(ids is not None and len(ids) <= _RARE for _, ids in found):
            rare[term.words] = sorted(
                {pk for place, ids in found for pk in _rows(place, ids or (), sought.on)}
            )
    telling = {place for (_, place), ids in held.items() if ids is None or ids}
    return rare, [place for place in PLACES[model] if place in telling]


def _held(
    model: type[Model], asked: Mapping[Meant, Sequence[Place]], *, keep: bool
) -> dict[tuple[str, Place], list[int] | None]:
    """The rows, or parts, that hold each term in each place, one more at most than is rare. One query.

    None where so many of a sample of one place hold the term that there is no need to look in any: drafts among them,
    but it decides only how the search is done, not what is found.
    """
    statement = _held_text(model, tuple(map(tuple, asked.values())), _RARE + 1)
    values: dict[str, Any] = {}
    for number, term in enumerate(asked):
        values |= {f"words{number}": term.words, f"bodies{number}": array(term.bodies)}
    terms = [*asked]
    found = statement.rows(values, keep=keep)
    return {(terms[n].words, asked[terms[n]][place]): ids for n, place, ids in found}


@lru_cache(maxsize=KEPT)
def _held_text(model: type[Model], terms: Sequence[Sequence[Place]], most: int) -> Prepared:
    """The statement for as many terms, each with the places where it may be: its words and bodies are given."""
    known, held = [], []
    for number, places in enumerate(terms):
        samples = [written_out(place.sampled(model, number)) for place in places]
        everywhere = " OR ".join(
            f"(SELECT count(*) FROM ({sample}) AS one (held) WHERE held) > {_EVERYWHERE}"
            for sample in samples
        )
        known.append(f"known{number} (everywhere) AS MATERIALIZED (SELECT {everywhere})")
        for at, place in enumerate(places):
            ids = written_out(place.may_be(model, number)[:most])
            held.append(
                f"SELECT {number}, {at}, CASE WHEN NOT everywhere THEN ARRAY({ids}) END FROM known{number}"
            )
    return Prepared(f"WITH {', '.join(known)} {' UNION ALL '.join(held)}")


def _rows(place: Place, ids: Sequence[int], on: date) -> Iterable[int]:
    """The rows to which the public ones of some parts belong. One query, where there are any parts."""
    if place.parts is None or not ids:
        return ids
    return place.parts(on).filter(pk__any_of=ids).order_by().values_list(place.key, flat=True)


def _relevance(telling: Sequence[Place], sought: Sought) -> Any:
    """A whole number, so that a page can go on after it."""
    if not telling:
        return Value(0, IntegerField())
    zero = Value(0.0, FloatField())
    fits = sum((Coalesce(place.rank(sought), zero) for place in telling), start=zero)
    return Cast(Round(fits * Value(1_000_000.0)), IntegerField())
