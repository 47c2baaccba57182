"""Profiles: how the rows of one feed are read. TOML, in `fixtures/profiles/` or made at the desk."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from tracker.importing.cells import DATE_ORDERS, as_read
from tracker.importing.problems import Problems, shown
from tracker.importing.silence import Silence, bare
from tracker.models import ImportProfile
from tracker.vocabulary import (
    BodyKind,
    Implementation,
    ImportColumn,
    Position,
    ReportKind,
    SourceKind,
    Verification,
)

LARGEST = 100_000
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,38}")
PREFIX = re.compile(r"[a-z][a-z0-9-]{0,15}")
# These say more than one word can: what is waited for, whose answer is meant. `unclear` is the word for them.
NOT_IN_A_CROSSWALK = (Position.DEFERRED, Position.REFERS_ELSEWHERE)
PLACEHOLDERS = ("tbc", "tba", "n/a", "na", "none", "null", "unknown", "-", "--", "?", "x", "#n/a", "0")
NOT_BODIES = (
    "redacted", "name redacted", "withheld", "n/a", "na", "none", "nil", "null", "nobody", "unknown", "not known",
    "not stated", "not given", "not specified", "not applicable", "tbc", "tba", "to be confirmed", "various", "others",
)  # fmt: skip


@dataclass(frozen=True)
class Meaning:
    """What a word of theirs says in ours: a position, and what the body claims to have done. Both empty: no answer."""

    position: str = ""
    claimed: str = ""


@dataclass(frozen=True)
class Profile:
    """How the rows of one feed are read, and what is known of all of them."""

    name: str
    title: str
    definition: str
    kind: str = "feed"
    prefix: str = ""
    columns: Mapping[ImportColumn, str] = field(default_factory=dict)
    date_order: str = "dmy"
    publish: bool = False
    verification: str = Verification.UNVERIFIED
    regime: str = ""
    confirm_deadlines: bool = False
    source: Mapping[str, str] = field(default_factory=dict)
    report_kind: str = ReportKind.OTHER
    publishers: Sequence[str] = ()
    addressed_to: Sequence[str] = ()
    separators: Sequence[str] = (";", "\n", "|")
    not_bodies: frozenset[str] = frozenset(map(bare, NOT_BODIES))
    unknown_bodies: str = "ask"
    statuses: Mapping[str, Meaning] = field(default_factory=dict)
    no_reply: Silence = field(default_factory=Silence)
    replies_by_all: bool = False
    placeholders: frozenset[str] = frozenset(PLACEHOLDERS)
    report_identity: Sequence[ImportColumn] = ()
    ask_identity: Sequence[ImportColumn] = ()
    row_identity: Sequence[ImportColumn] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    computed: Sequence[str] = ()

    @property
    def headers(self) -> list[str]:
        """The names of the columns that a file must have."""
        return [*self.columns.values()] if self.kind == "feed" else [self.columns[ImportColumn.ID]]


def folded(text: str) -> str:
    """A word as it is looked up: no matter how it is spaced, set off by HTML, and whether in capitals."""
    return " ".join(as_read(text).split()).casefold()


def read_profile(definition: str, name: str = "profile") -> Profile:
    """A profile from its TOML. Raises Refused with all that is wrong with it."""
    problems = Problems(name)
    if len(definition) > LARGEST:
        problems.add("", "it is too long: a profile has a few dozen lines")
        problems.refuse()
    try:
        content = tomllib.loads(definition)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        problems.add("", f"not TOML: {error}")
        problems.refuse()
    profile = _Reading(content, definition, problems).read()
    problems.refuse()
    return profile


def profile_folder() -> Path:
    return Path(settings.BASE_DIR) / "fixtures" / "profiles"


def profile_names() -> list[str]:
    """The profiles that can be chosen: those in the files, and those made at the desk."""
    files = {path.stem for path in profile_folder().glob("*.toml")}
    return sorted(files | set(ImportProfile.objects.values_list("name", flat=True)))


def profile_named(name: str) -> Profile:
    """The profile of a name; one made at the desk before a file. Raises Refused, naming those there are."""
    stored = ImportProfile.objects.filter(name=name).first()
    if stored is not None:
        return read_profile(stored.definition, name)
    path = profile_folder() / f"{name}.toml"
    if not NAME.fullmatch(name) or not path.is_file():
        problems = Problems("profile")
        problems.add("", f"no profile {shown(name)}: use one of {', '.join(profile_names())}")
        problems.refuse()
    return read_profile(path.read_text(encoding="utf-8"), name)


class _Reading:
    """One definition on its way to a profile; what is wrong is collected."""

    TOP = frozenset(
        {"name", "title", "kind", "prefix", "date_order", "publish", "verification", "regime", "confirm_deadlines",
         "source", "report", "columns", "identity", "bodies", "replies", "statuses", "placeholders", "fields",
         "computed"}
    )  # fmt: skip

    def __init__(self, content: dict[str, Any], definition: str, problems: Problems) -> None:
        self.content, self.definition, self.problems = content, definition, problems

    def read(self) -> Profile:
        for key in sorted(set(self.content) - self.TOP):
            self.problems.add(key, f"unknown key; use {', '.join(sorted(self.TOP))}")
        report, bodies, replies = self._table("report"), self._table("bodies"), self._table("replies")
        columns = self._columns()
        name = self._text(self.content, "name", "name")
        if not NAME.fullmatch(name):
            self.problems.add("name", "small letters, digits and hyphens, at most 39: coroners")
        profile = Profile(
            name=name,
            title=self._text(self.content, "title", "title"),
            definition=self.definition,
            kind=self._word(self.content, "kind", ("feed", "register"), "feed"),
            prefix=self._text(self.content, "prefix", "prefix") or name[:16].rstrip("-"),
            columns=columns,
            date_order=self._word(self.content, "date_order", DATE_ORDERS, "dmy"),
            publish=self._flag(self.content, "publish"),
            verification=self._word(self.content, "verification", Verification.values, "unverified"),
            regime=self._text(self.content, "regime", "regime"),
            confirm_deadlines=self._flag(self.content, "confirm_deadlines"),
            source={key: self._text(self._table("source"), key, "source") for key in self._table("source")},
            report_kind=self._word(report, "kind", ReportKind.values, "other", "report.kind"),
            publishers=self._texts(report, "publishers", "report.publishers"),
            addressed_to=self._texts(bodies, "addressed_to", "bodies.addressed_to"),
            separators=self._texts(bodies, "separators", "bodies.separators", Profile.separators),
            not_bodies=Profile.not_bodies
            | frozenset(map(bare, self._texts(bodies, "not_bodies", "bodies.not_bodies"))),
            unknown_bodies=self._word(bodies, "unknown", ("ask", *BodyKind.values), "ask", "bodies.unknown"),
            statuses=self._statuses(),
            no_reply=Silence(frozenset(map(bare, self._texts(replies, "none", "replies.none")))),
            replies_by_all=self._flag(replies, "by_all", "replies.by_all"),
            placeholders=self._words(self.content, "placeholders", "placeholders", PLACEHOLDERS),
            **self._identity(columns),
            fields={folded(key): str(value) for key, value in self._table("fields").items()},
            computed=self._texts(self.content, "computed", "computed"),
        )
        self._check(profile)
        return profile

    def _check(self, profile: Profile) -> None:
        """What must come together."""
        if not PREFIX.fullmatch(profile.prefix):
            self.problems.add("prefix", "a small letter, then letters, digits and hyphens, at most 16: pfd")
        if profile.kind == "register":
            if ImportColumn.ID not in profile.columns:
                self.problems.add(
                    "columns.id", "it is missing: say which column has the addressee's public name"
                )
            return
        for column, what in ((ImportColumn.BODIES, "who is addressed"),):
            if column not in profile.columns and not profile.addressed_to:
                self.problems.add(f"columns.{column}", f"it is missing: say which column has {what}")
        if not {ImportColumn.TITLE, ImportColumn.TEXT} & set(profile.columns):
            self.problems.add(
                "columns.text", "it is missing: say which column has the text of the recommendation"
            )
        if not {ImportColumn.REPORT, ImportColumn.REPORT_TITLE} & set(profile.columns):
            self.problems.add("columns.report", "it is missing: say which column tells reports apart")
        if not profile.publishers and ImportColumn.PUBLISHER not in profile.columns:
            self.problems.add("report.publishers", "it is missing: name who asks, or its column (publisher)")
        if not profile.source.get("title") or not profile.source.get("kind"):
            self.problems.add("source", "it is missing: give kind, title and url of where the feed is from")
        elif profile.source["kind"] not in SourceKind.values:
            self.problems.add("source.kind", f"use one of {', '.join(SourceKind.values)}")
        if profile.publish and profile.verification == Verification.UNVERIFIED:
            self.problems.add(
                "publish", "nothing unverified is published: say how it was checked (verification)"
            )
        if profile.confirm_deadlines and not profile.regime:
            self.problems.add("confirm_deadlines", "name the regime whose days are confirmed")

    def _columns(self) -> dict[ImportColumn, str]:
        found = {}
        for key, header in self._table("columns").items():
            if key not in ImportColumn.values:
                self.problems.add(f"columns.{key}", f"unknown; use {', '.join(ImportColumn.values)}")
            elif not isinstance(header, str) or not header.strip():
                self.problems.add(f"columns.{key}", f"{shown(header)}: write the name of their column")
            else:
                found[ImportColumn(key)] = header
        return found

    def _identity(self, columns: Mapping[ImportColumn, str]) -> dict[str, list[ImportColumn]]:
        """What tells reports, recommendations and rows apart: as given, or what there is."""

        def among(*names: ImportColumn) -> list[ImportColumn]:
            return [name for name in names if name in columns]

        table = self._table("identity")
        for key in set(table) - {"report", "recommendation", "row"}:
            self.problems.add(f"identity.{key}", "unknown; use report, recommendation, row")
        report = among(ImportColumn.REPORT) or among(ImportColumn.REPORT_TITLE, ImportColumn.REPORT_DATE)
        ask = among(ImportColumn.NUMBER) or among(ImportColumn.TEXT) or among(ImportColumn.TITLE)
        found = {}
        for key, default in (("report", report), ("recommendation", ask), ("row", [])):
            names = self._texts(table, key, f"identity.{key}") or default
            for name in names:
                if name not in columns:
                    self.problems.add(f"identity.{key}", f"{shown(name)} is none of the columns")
            found[key] = [ImportColumn(name) for name in names if name in ImportColumn.values]
        row = [*dict.fromkeys([*found["report"], *found["recommendation"], *found["row"]])]
        return {
            "report_identity": found["report"],
            "ask_identity": found["recommendation"],
            "row_identity": row,
        }

    def _statuses(self) -> dict[str, Meaning]:
        found = {}
        for word, said in self._table("statuses").items():
            meaning = said if isinstance(said, dict) else {"position": said}
            path = f"statuses.{word}"
            for key in set(meaning) - {"position", "claimed"}:
                self.problems.add(
                    f"{path}.{key}", "unknown; use position and claimed: nobody's column is a verdict"
                )
            position = self._word(meaning, "position", ("", *Position.values), "", f"{path}.position")
            claimed = self._word(meaning, "claimed", ("", *Implementation.values), "", f"{path}.claimed")
            if position in NOT_IN_A_CROSSWALK:
                self.problems.add(f"{path}.position", f"{position} says more than a word can: use unclear")
            # Who claims to have done it has answered: what they said, nobody has read yet.
            found[folded(word)] = Meaning(position or (Position.UNREAD if claimed else ""), claimed)
        return found

    def _table(self, key: str) -> dict[str, Any]:
        found = self.content.get(key, {})
        if not isinstance(found, dict):
            self.problems.add(key, f"{shown(found)} is no table: write [{key}]")
            return {}
        return found

    def _text(self, table: Mapping[str, Any], key: str, path: str) -> str:
        found = table.get(key, "")
        if not isinstance(found, str):
            self.problems.add(path, f"{shown(found)} is no text: put it in quotation marks")
            return ""
        return found.strip()

    def _flag(self, table: Mapping[str, Any], key: str, path: str = "") -> bool:
        found = table.get(key, False)
        if not isinstance(found, bool):
            self.problems.add(path or key, f"{shown(found)} is neither true nor false")
            return False
        return found

    def _word(
        self, table: Mapping[str, Any], key: str, words: Sequence[str], default: str, path: str = ""
    ) -> str:
        found = table.get(key, default)
        if found not in words:
            self.problems.add(
                path or key, f"{shown(found)} is not known; use one of {', '.join(filter(None, words))}"
            )
            return default
        return str(found)

    def _texts(self, table: Mapping[str, Any], key: str, path: str, default: Sequence[str] = ()) -> list[str]:
        found = table.get(key, list(default))
        if not isinstance(found, list) or not all(isinstance(each, str) and each for each in found):
            self.problems.add(path, f"{shown(found)}: write a list of texts in square brackets")
            return []
        return found

    def _words(self, table: Mapping[str, Any], key: str, path: str, default: Sequence[str]) -> frozenset[str]:
        return frozenset(folded(each) for each in self._texts(table, key, path, default))
