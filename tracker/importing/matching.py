"""Making a profile by matching columns: what a file has, what its columns may be, and the TOML of what was chosen."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from tracker.importing.cells import text_of
from tracker.importing.profiles import folded
from tracker.importing.staging import file_of
from tracker.importing.tables import open_table
from tracker.models import Import
from tracker.vocabulary import ImportColumn

SAMPLE_ROWS = 3
WORDS_READ = 20_000
MOST_WORDS = 40

# Names that such columns often have, to be offered as a first guess.
_USUAL: Mapping[ImportColumn, tuple[str, ...]] = {
    ImportColumn.REPORT: ("ref", "report ref", "investigation", "session"),
    ImportColumn.REPORT_TITLE: ("report", "report title", "title of report", "review"),
    ImportColumn.REPORT_DATE: ("date", "date of report", "published", "report date"),
    ImportColumn.REPORT_URL: ("link", "url", "report url"),
    ImportColumn.PUBLISHER: ("publisher", "issued by", "coroner", "investigator", "recommending state"),
    ImportColumn.NUMBER: ("no", "number", "recommendation no", "paragraph", "rec no"),
    ImportColumn.TITLE: ("title", "recommendation title"),
    ImportColumn.TEXT: ("text", "recommendation", "safety recommendation", "concerns"),
    ImportColumn.THEME: ("theme", "category", "issue"),
    ImportColumn.BODIES: ("sent to", "addressee", "addressees", "this report is being sent to", "body"),
    ImportColumn.STATUS: ("status", "position"),
    ImportColumn.REPLY: ("reply", "response"),
    ImportColumn.REPLIED_ON: ("response date", "date of reply", "date of response"),
    ImportColumn.REPLIED_BY: ("responses from", "replied by"),
    ImportColumn.REPLY_COUNT: ("responses", "number of responses", "replies"),
}


@dataclass
class Seen:
    """What a file has: its columns, each with a few of its values, and the words of one of them."""

    columns: list[str]
    samples: dict[str, list[str]]
    words: list[str] = field(default_factory=list)

    def guess(self, column: ImportColumn) -> str:
        """The column that it may be, by its name."""
        usual = _USUAL.get(column, ())
        return next((name for name in self.columns if folded(name).rstrip(".") in usual), "")


def look_at(of: Import, status: str = "") -> Seen:
    """The columns of the file of an import; with `status`, the words in that column. Raises ValueError."""
    with file_of(of) as file, open_table(file) as table:
        first = [*islice(table.rows, SAMPLE_ROWS)]
        samples = {
            name: [value[:80] for row in first if (value := text_of(row.cells.get(name)))]
            for name in table.columns
        }
        words: dict[str, None] = {}
        if status:
            for row in (*first, *islice(table.rows, WORDS_READ)):
                if (word := text_of(row.cells.get(status))) and len(words) < MOST_WORDS:
                    words.setdefault(word[:100])
        return Seen(table.columns, samples, [*words])


def written_profile(
    *,
    name: str,
    title: str,
    source: Mapping[str, str],
    columns: Mapping[str, str],
    publishers: Sequence[str],
    separators: Sequence[str],
    statuses: Mapping[str, str],
    plain: Mapping[str, str | bool],
    report_kind: str,
) -> str:
    """The TOML of a profile. What a JSON string is, is a string of TOML too."""
    lines = [f"name = {_text(name)}", f"title = {_text(title)}"]
    lines += [f"{key} = {_value(value)}" for key, value in plain.items() if value not in ("", False)]
    lines += ["", "[source]", *(f"{key} = {_text(value)}" for key, value in source.items() if value)]
    lines += ["", "[report]", f"kind = {_text(report_kind)}"]
    if publishers:
        lines.append(f"publishers = {_texts(publishers)}")
    lines += ["", "[columns]", *(f"{key} = {_text(value)}" for key, value in columns.items() if value)]
    lines += ["", "[bodies]", f"separators = {_texts(separators)}"]
    if statuses:
        lines += ["", "[statuses]"]
        for word, meaning in statuses.items():
            kind, _, what = meaning.rpartition(":")
            value = f"{{ claimed = {_text(what)} }}" if kind == "claimed" else _text(what)
            lines.append(f"{_text(word)} = {value}")
    return "\n".join(lines) + "\n"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _texts(values: Sequence[str]) -> str:
    return f"[{', '.join(map(_text, values))}]"


def _value(value: str | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else _text(value)
