"""What somebody follows, in words: a filter as a reader understands it. It names public things only."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.models import Addressee, Body, Group, Recommendation, Report, Theme
from tracker.queries.references import spoken
from tracker.vocabulary import BodyKind, Implementation, Status, View, position_label

EVERYTHING = "everything in the register"


@dataclass(frozen=True)
class Followed:
    """A filter in words, and the fields that name nothing public: a draft as much as what never was."""

    words: str
    unknown: tuple[str, ...]


def in_words(wanted: Mapping[str, Any]) -> Followed:
    """The checked words of a filter as a sentence would say them."""
    return all_in_words([wanted])[0]


def all_in_words(filters: Sequence[Mapping[str, Any]]) -> list[Followed]:
    """Each of some filters. One query for each kind of thing that any of them names."""
    named = {
        field: look({wanted[field] for wanted in filters if field in wanted})
        for field, look in _NAMED.items()
        if any(field in wanted for wanted in filters)
    }
    return [_followed(wanted, named) for wanted in filters]


def _followed(wanted: Mapping[str, Any], named: Mapping[str, Mapping[str, str]]) -> Followed:
    told, unknown = [], []
    for field, value in wanted.items():
        if field in _SAID:
            told.append(_SAID[field](value))
        elif field in _NAMED and value not in named[field]:
            unknown.append(field)
        elif field in _NAMED:
            family = " and its family" if field == "body" and "family" in wanted else ""
            told.append(named[field][value] + family)
    return Followed(", ".join(told) or EVERYTHING, tuple(unknown))


def _reports(refs: Collection[str]) -> dict[str, str]:
    found = Report.objects.public().filter(ref__in=refs)
    return {report.ref: f"the report “{report.title}”" for report in found}


def _recommendations(refs: Collection[str]) -> dict[str, str]:
    found = Recommendation.objects.public().filter(ref__in=refs).select_related("report")
    return {ask.ref: f"“{_ask(ask)}”, asked in “{ask.report.title}”" for ask in found}


def _addressees(refs: Collection[str]) -> dict[str, str]:
    related = ("body", "recommendation__report")
    found = Addressee.objects.public().filter(ref__in=refs).select_related(*related)
    return {one.ref: f"“{_ask(one.recommendation)}” as put to {spoken(one.body)}" for one in found}


def _ask(ask: Recommendation) -> str:
    return f"{ask.number}: {ask.title}" if ask.number else ask.title


def _bodies(what: str) -> Callable[[Collection[str]], dict[str, str]]:
    def named(refs: Collection[str]) -> dict[str, str]:
        found = Body.objects.public().filter(ref__in=refs)
        return {body.ref: what.format(spoken(body)) for body in found}

    return named


def _groups(refs: Collection[str]) -> dict[str, str]:
    found = Group.objects.public().filter(ref__in=refs)
    return {group.ref: f"what was put to {group.name}" for group in found}


def _themes(refs: Collection[str]) -> dict[str, str]:
    return {theme.ref: f"the theme {theme.name}" for theme in Theme.objects.public().filter(ref__in=refs)}


_NAMED: Mapping[str, Callable[[Collection[str]], dict[str, str]]] = {
    "addressee": _addressees,
    "answered_by": _bodies("answers by {}"),
    "body": _bodies("what was put to {}"),
    "group": _groups,
    "publisher": _bodies("what {} asked"),
    "recommendation": _recommendations,
    "report": _reports,
    "theme": _themes,
}

_STATUS_WORDS = {
    Status.AWAITING.value: "no answer on record, none due yet",
    Status.OVERDUE.value: "no answer on record after the deadline",
    Status.IGNORED.value: "confirmed silence",
    Status.ANSWERED_FOR_IT.value: "another body answered for it",
    Status.DEFERRAL_ENDED.value: "what it waited for has come",
}


def status_in_words(status: str) -> str:
    return _STATUS_WORDS.get(status) or position_label(status, "their_words").lower()


def _either(words: list[str]) -> str:
    return " or ".join(words)


_SAID: Mapping[str, Callable[[Any], str]] = {
    "body_kind": lambda kinds: (
        f"bodies of the kind {_either([BodyKind(kind).label.lower() for kind in kinds])}"
    ),
    "due_after": lambda day: f"due after {day}",
    "due_before": lambda day: f"due before {day}",
    "implementation": lambda words: f"delivery: {_either([Implementation(w).label.lower() for w in words])}",
    "position": lambda words: (
        f"answer: {_either([position_label(word, 'their_words').lower() for word in words])}"
    ),
    "q": lambda text: f"the words “{text}”",
    "status": lambda words: f"status: {_either([status_in_words(word) for word in words])}",
    "view": lambda views: f"as seen by: {_either([View(view).label.lower() for view in views])}",
}
