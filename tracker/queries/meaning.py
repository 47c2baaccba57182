"""What the terms of a search mean: which public bodies they name, and which of them say anything at all."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from tracker.models import Body
from tracker.queries.sql import Prepared, written_out
from tracker.queries.words import AnyPhrase, Phrase, is_short, terms

# Shorter words are not compared by their letters: too many are alike.
_SHORTEST_MISSPELT = 4


@dataclass(frozen=True)
class Meant:
    """A term as the register understands it, with the public bodies of that name."""

    words: str
    bodies: tuple[int, ...]

    @property
    def phrase(self) -> Phrase:
        return Phrase(self.words)


@dataclass(frozen=True)
class Group:
    """What must be there, all of it, and what must not."""

    present: tuple[Meant, ...]
    absent: tuple[Meant, ...]


@dataclass(frozen=True)
class Sought:
    """What is asked for, of a day: any of the groups."""

    on: date
    groups: tuple[Group, ...]
    is_short: bool

    @property
    def wanted(self) -> tuple[Meant, ...]:
        return tuple({term.words: term for group in self.groups for term in group.present}.values())

    @property
    def phrases(self) -> AnyPhrase:
        return AnyPhrase(term.words for term in self.wanted)

    @property
    def bodies(self) -> list[int]:
        return sorted({pk for term in self.wanted for pk in term.bodies})


_MEANING = r"""
    WITH term (n, words, query) AS (
        SELECT n, words, phraseto_tsquery('register', words)
        FROM unnest(%(words)s::text[]) WITH ORDINALITY AS given (words, n)
    ),
    known (id) AS NOT MATERIALIZED ({known}),
    named AS MATERIALIZED (
        SELECT n, id FROM term JOIN tracker_body b ON b.words @@ query JOIN known USING (id)
    )
    SELECT words, ARRAY(
        SELECT id FROM named WHERE named.n = term.n
        UNION ALL
        SELECT b.id FROM tracker_body b JOIN known USING (id)
        WHERE register_folded(term.words) <<%% register_names(b.name, b.other_names)
            AND term.words !~ '\s' AND length(term.words) >= %(shortest)s::integer
            AND NOT EXISTS (SELECT FROM named WHERE named.n = term.n)
    )
    FROM term WHERE numnode(query) > 0
"""


@cache
def _meaning() -> Prepared:
    known = written_out(Body.objects.public().order_by().values_list("pk"))
    return Prepared(_MEANING.format(known=known))


def meant(text: str, on: date) -> Sought:
    """What the terms of a text mean: which public bodies they name, by their words or, if none does, nearly. One query.

    Terms that say nothing (the, of) are left out.
    """
    asked = terms(text)
    words = list({term.words: None for group in asked for term in group})
    found = _meaning().rows({"words": words, "shortest": _SHORTEST_MISSPELT})
    told = {word: Meant(word, tuple(sorted(bodies))) for word, bodies in found}
    groups = (
        Group(
            *(
                tuple({t.words: told[t.words] for t in group if t.words in told and t.absent is out}.values())
                for out in (False, True)
            )
        )
        for group in asked
    )
    return Sought(on, tuple(group for group in groups if group.present or group.absent), is_short(text))
