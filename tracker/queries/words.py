"""What people type when they search, and the words on a row that it is compared with.

`words` is a column that the database works out (migrations/_search.py); the models do not carry it.
"""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Expression, F, FloatField, Func, TextField, Value

LONGEST = 200
MOST_TERMS = 16
# A search of more terms is a long statement, seldom the same twice: no connection keeps a plan of it.
MOST_TERMS_PLANNED = 3

# As websearch_to_tsquery reads: -, then what stands in quotes (to the end, if they are not closed) or one word.
_TERM = re.compile(r'(-?)(?:"([^"]*)(?:"|$)|([^\s"]+))')
_OR = "or"

# Where a found word begins and ends on the way out of the database: characters that no text has, or loses.
_START, _STOP = "\ue000", "\ue001"
MARKS = {_START: "<mark>", _STOP: "</mark>"}
_BETWEEN = " … "
_CUT = (
    f'StartSel="{_START}", StopSel="{_STOP}", MaxFragments=2, MaxWords=30, MinWords=12,'
    f' FragmentDelimiter="{_BETWEEN}"'
)


@dataclass(frozen=True)
class Term:
    """A word, or words in quotes; `absent` where it must not be there."""

    words: str
    absent: bool


# Any of these, each of which needs all of its terms.
Terms = Sequence[Sequence[Term]]


def terms(text: str) -> Terms:
    """What is asked for: words are joined by "and", "or" stands between them, quotes keep words together."""
    groups: list[list[Term]] = [[]]
    for minus, quoted, word in _TERM.findall(text):
        if word.lower() == _OR and not minus:
            groups.append([])
        else:
            groups[-1].append(Term(quoted or word, bool(minus)))
    return [group for group in groups if group]


def is_short(text: str) -> bool:
    """So few terms that the next search may well be put in the same statement."""
    return sum(map(len, terms(text))) <= MOST_TERMS_PLANNED


class Words(Func):
    """The words of the row on which a text stands, named by that text: `recommendation__title`."""

    arity = 1

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> tuple[str, tuple[Any, ...]]:
        [text] = self.get_source_expressions()
        table = compiler.quote_name_unless_alias(text.alias)
        return f"{table}.{connection.ops.quote_name('words')}", ()


class Phrase(Func):
    """Words that follow each other. One word is the phrase of itself."""

    template = "phraseto_tsquery('register', %(expressions)s)"
    output_field = TextField()

    def __init__(self, words: str | Expression) -> None:
        super().__init__(Value(words) if isinstance(words, str) else words)


class AnyPhrase(Func):
    """One of several."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = TextField()

    def __init__(self, phrases: Iterable[str]) -> None:
        super().__init__(*(Phrase(words) for words in phrases))


class Holds(Func):
    """Whether the words of a row have what is sought."""

    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()

    def __init__(self, text: str, sought: Expression) -> None:
        super().__init__(Words(F(text), output_field=TextField()), sought)


class Rank(Func):
    """How well the words of a row fit; a title counts more than a text, and a short text more than a long one."""

    template = "ts_rank(%(expressions)s, 1)"
    output_field = FloatField()

    def __init__(self, text: str, sought: Expression) -> None:
        super().__init__(Words(F(text), output_field=TextField()), sought)


class Cut(Func):
    """The pieces of some texts in which something sought stands, marked."""

    output_field = TextField()

    def __init__(self, texts: Iterable[str], sought: Expression) -> None:
        super().__init__(*(F(text) for text in texts), sought)

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> tuple[str, tuple[Any, ...]]:
        *texts, (sought, values) = (compiler.compile(each) for each in self.get_source_expressions())
        shown = ", ".join(f"nullif({text}, '')" for text, _ in texts)
        whole = f"translate(concat_ws('{_BETWEEN}', {shown}), '{_START}{_STOP}', '')"
        return f"ts_headline('register', {whole}, {sought}, '{_CUT}')", (*values,)


class Marked(Func):
    """A name that was found as a whole."""

    template = f"concat('{_START}', translate(%(expressions)s, '{_START}{_STOP}', ''), '{_STOP}')"
    output_field = TextField()


def safe(cut: str) -> str:
    """HTML in which nothing but our marks is a tag, whatever the text held."""
    shown = html.escape(cut)
    for mark, tag in MARKS.items():
        shown = shown.replace(mark, tag)
    return shown
