"""What somebody follows, in words: a filter as a reader understands it. It names public things only."""

from collections.abc import Callable, Mapping
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
    """The checked words of a filter as a sentence would say them. One query for each thing that is named."""
    told, unknown = [], []
    for field, value in wanted.items():
        if field in _NAMED:
            found = _NAMED[field](value)
            if found is None:
                unknown.append(field)
            else:
                told.append(f"{found} and its family" if field == "body" and "family" in wanted else found)
        elif field in _SAID:
            told.append(_SAID[field](value))
    return Followed(", ".join(told) or EVERYTHING, tuple(unknown))


def _report(ref: str) -> str | None:
    report = Report.objects.public().filter(ref=ref).first()
    return f"the report “{report.title}”" if report else None


def _recommendation(ref: str) -> str | None:
    ask = Recommendation.objects.public().filter(ref=ref).select_related("report").first()
    return f"“{_ask(ask)}”, asked in “{ask.report.title}”" if ask else None


def _addressee(ref: str) -> str | None:
    related = ("body", "recommendation__report")
    one = Addressee.objects.public().filter(ref=ref).select_related(*related).first()
    return f"“{_ask(one.recommendation)}” as put to {spoken(one.body)}" if one else None


def _ask(ask: Recommendation) -> str:
    return f"{ask.number}: {ask.title}" if ask.number else ask.title


def _body(what: str) -> Callable[[str], str | None]:
    def named(ref: str) -> str | None:
        body = Body.objects.public().filter(ref=ref).first()
        return what.format(spoken(body)) if body else None

    return named


def _group(ref: str) -> str | None:
    group = Group.objects.public().filter(ref=ref).first()
    return f"what was put to {group.name}" if group else None


def _theme(ref: str) -> str | None:
    theme = Theme.objects.public().filter(ref=ref).first()
    return f"the theme {theme.name}" if theme else None


_NAMED: Mapping[str, Callable[[str], str | None]] = {
    "addressee": _addressee,
    "answered_by": _body("answers by {}"),
    "body": _body("what was put to {}"),
    "group": _group,
    "publisher": _body("what {} asked"),
    "recommendation": _recommendation,
    "report": _report,
    "theme": _theme,
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
