"""The rows of a file, each read by the keys of its list. What can be told without the register is checked here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tracker.importing.keys import LISTS, Key, keys_of
from tracker.importing.problems import Problems, shown
from tracker.importing.reading import read_json
from tracker.models import (
    Answer,
    Assessment,
    Extension,
    Fact,
    Link,
    Membership,
    Recommendation,
    Report,
    Response,
    SourcedFact,
)
from tracker.models.base import span_of
from tracker.vocabulary import ResponseKind, Verification

FORM = 1
REF = re.compile(r"[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*")
LONGEST_REF = 240


@dataclass
class Row:
    """One row of a file: what it says, and of which others it speaks by their public names."""

    model: type[Fact]
    path: str
    ref: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    sets: dict[str, list[str]] = field(default_factory=dict)
    draft: bool = False
    answers: list["Row"] = field(default_factory=list)

    @property
    def is_draft(self) -> bool:
        """It says of itself that the public must not see it yet."""
        return self.draft or (
            issubclass(self.model, SourcedFact)
            and self.values.get("verification", Verification.UNVERIFIED) == Verification.UNVERIFIED
        )

    @property
    def keys(self) -> dict[str, Key]:
        return keys_of(self.model)

    def references(self) -> Iterator[tuple[str, type[Fact], str]]:
        """Each public name that the row speaks of: path, kind, name."""
        for key, name in self.names.items():
            yield f"{self.path}.{key}", self.keys[key].kind, name
        for key, names in self.sets.items():
            for place, name in enumerate(names):
                yield f"{self.path}.{key}[{place}]", self.keys[key].kind, name
        for answer in self.answers:
            yield from answer.references()


@dataclass
class Document:
    """A file that was read: its rows by kind, in their order."""

    file: str
    rows: dict[type[Fact], list[Row]]

    @property
    def size(self) -> int:
        return sum(len(rows) for rows in self.rows.values())

    def all_rows(self) -> Iterator[Row]:
        for rows in self.rows.values():
            yield from rows


def read_document(file: Path) -> Document:
    """Read a file. Raises Refused with all that is wrong with it."""
    content = read_json(file)
    problems = Problems(str(file))
    if content.get("form") != FORM:
        problems.add("form", f"{shown(content.get('form'))}: write 1, the form that this register reads")
    for name in content:
        if name not in LISTS and name not in ("form", "about"):
            problems.add("", f"unknown key {shown(name)}: use form, about, {', '.join(LISTS)}")
    rows = {model: _list(content.get(name, []), name, model, problems) for name, model in LISTS.items()}
    for found in rows.values():
        _no_ref_twice(found, problems)
    problems.refuse()
    return Document(str(file), rows)


def _list(raw: Any, name: str, model: type[Fact], problems: Problems) -> list[Row]:
    if not isinstance(raw, list):
        problems.add(name, f"{shown(raw)} is no list: write it in square brackets")
        return []
    return [_fact_row(each, f"{name}[{place}]", model, problems) for place, each in enumerate(raw)]


def _fact_row(raw: Any, path: str, model: type[Fact], problems: Problems) -> Row:
    """A row of a list, with its public name and its answers."""
    if not isinstance(raw, dict):
        problems.add(path, f"{shown(raw)} is no object: write it in braces")
        return Row(model, path)
    apart = ("ref", "answers") if model is Response else ("ref",)
    row = _row({key: value for key, value in raw.items() if key not in apart}, path, model, problems)
    row.ref = _ref(raw, row, problems)
    if model is Response:
        row.answers = _answers(raw.get("answers", []), row, problems)
    _check(row, raw, problems)
    return row


def _row(raw: dict[str, Any], path: str, model: type[Fact], problems: Problems) -> Row:
    row, keys = Row(model, path), keys_of(model)
    for name, value in raw.items():
        if name not in keys:
            problems.add(path, f"unknown key {shown(name)}: use {', '.join(keys)}")
            continue
        key = keys[name]
        try:
            read = key.read(value)
        except ValueError as error:
            problems.add(f"{path}.{name}", str(error))
            continue
        if key.refers:
            (row.sets if isinstance(read, list) else row.names)[name] = read
        elif name == "draft":
            row.draft = read
        else:
            row.values |= read
    for key in keys.values():
        if key.required and key.name not in raw:
            problems.add(f"{path}.{key.name}", "it is missing: this is needed")
    return row


def _answers(raw: Any, response: Row, problems: Problems) -> list[Row]:
    path = f"{response.path}.answers"
    if not isinstance(raw, list) or not raw:
        problems.add(
            path, "give a list of at least one answer: a response that answers nobody is a development"
        )
        return []
    rows = []
    for place, each in enumerate(raw):
        if not isinstance(each, dict):
            problems.add(f"{path}[{place}]", f"{shown(each)} is no object: write it in braces")
            continue
        row = _row(each, f"{path}[{place}]", Answer, problems)
        row.ref = f"{response.ref}/{row.names.get('recommendation', '')}"
        holding = response.values.get("kind") == ResponseKind.HOLDING
        if not row.values.get("position") and not holding:
            problems.add(f"{row.path}.position", "it is missing: say what the answer says")
        elif row.values.get("position") and holding:
            problems.add(f"{row.path}.position", "a holding reply has none: leave it out")
        rows.append(row)
    _no_ref_twice(rows, problems, what="this response answers")
    return rows


def _ref(raw: dict[str, Any], row: Row, problems: Problems) -> str:
    """The public name that a row gives itself; for some kinds it follows from what the row says."""
    given = raw.get("ref")
    if given is None:
        made = _made_ref(row)
        if not made:
            problems.add(
                f"{row.path}.ref", "it is missing: give the public name, in small letters: home-office"
            )
        return made[:LONGEST_REF]
    if not isinstance(given, str) or len(given) > LONGEST_REF or not REF.fullmatch(given):
        problems.add(
            f"{row.path}.ref",
            f"{shown(given)}: write small letters, digits, hyphens and slashes, at most {LONGEST_REF}",
        )
        return ""
    return given


def _made_ref(row: Row) -> str:
    """The name of a row that has none of its own, as the actions would make it; empty where a part is missing."""
    names, values = row.names, row.values
    since = f"/{values['from_on']}" if values.get("from_on") else ""
    assessed = span_of_values(row, "assessed")
    parts: dict[type[Fact], list[Any]] = {
        Membership: [names.get("group"), names.get("body")],
        Link: [names.get("recommendation"), values.get("kind"), names.get("other")],
        Assessment: [names.get("addressee"), f"{values.get('view')}-{assessed}" if assessed else None],
        Extension: [names.get("addressee"), f"{values.get('clock')}-until-{values.get('until_on')}"],
    }
    found = parts.get(row.model, [None])
    return "/".join(map(str, found)) + since if all(found) else ""


def span_of_values(row: Row, base: str) -> str:
    """A date of a row as it was written in the file; empty where there is none."""
    if not row.values.get(f"{base}_latest"):
        return ""
    span = span_of(row.model(**row.values), base)
    return span.written if span else ""


def _check(row: Row, raw: dict[str, Any], problems: Problems) -> None:
    """What is published has a source, a report its date; a recommendation's name begins with its report's."""
    if issubclass(row.model, SourcedFact) and not row.is_draft and "source" not in raw:
        problems.add(f"{row.path}.source", "it is missing: nothing is published without a source")
    if row.model is Report and not row.is_draft and "dated_on" not in raw:
        problems.add(f"{row.path}.dated_on", "it is missing: no report is published without its date")
    report = row.names.get("report", "")
    if row.model is Recommendation and row.ref and not row.ref.startswith(f"{report}/"):
        problems.add(f"{row.path}.ref", f"{shown(row.ref)}: begin with the report's: {report[:100]}/…")


def _no_ref_twice(rows: list[Row], problems: Problems, *, what: str = "the list has") -> None:
    seen: dict[str, Row] = {}
    for row in rows:
        first = seen.setdefault(row.ref, row)
        if row.ref and first is not row:
            problems.add(f"{row.path}", f"{what} {shown(row.ref)} already, in {first.path}: keep one")
