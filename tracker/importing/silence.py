"""Replies that say that there is no reply: what is silence in a cell, however somebody has worded it.

To take silence for an answer is the worst that an import can do. So not only known phrases count, but every short text
of which each word is one that people use to say so. A text with any other word in it is a reply, for a person to read.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

# Longer than any way of saying it: a real reply, which is not looked at.
LONGEST = 200
MOST_WORDS = 20

_MOST_KEPT = 10_000


def _each(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PHRASES = frozenset(
    {"n a", "na", "nan", "null", "nil", "none", "0", "x", "blank", "unknown", "not known", "not applicable",
     "not available", "not stated", "not yet", "nothing", "to follow", "to be confirmed", "to be advised",
     "t b c", "t b a", "t b d", "to be decided", "to be received", "to be provided", "reply to follow",
     "response to follow"}
)  # fmt: skip
_REPLY = _each("reply replies response responses answer answers correspondence") | _each(
    "respond responded responding replied answered received receive"
)
# With a word for a reply beside it, each of these says that there is none.
_DENIES = _each("no not nil non none never nothing without yet failed hasnt havent didnt")
# These say it by themselves.
_WAITS = _each("await awaits awaiting awaited waiting pending overdue outstanding due expected") | _each(
    "tbc tba tbd unanswered none nil"
)
_BESIDE = _each(
    """a an any the this that there it we i they is was are were be been has have had having did does do to on of at as
    by in for from since up so far still now date current currently present presently formal written official
    substantive full final initial direct them body addressee recipient organisation trust department agency company
    file filed record recorded found provided given submitted sent published made chased chaser chasing reminder
    reminders reminded letter email emailed requested deadline time day days week weeks month months year january
    february march april may june july august september october november december jan feb mar apr jun jul aug sep sept
    oct nov dec will shall follow following course shortly soon later fully formally thank you for your report"""
)
_WORDS = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")  # noqa: RUF001
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)?")
# A reply did come: "Response received, nothing outstanding".
_CAME = re.compile(
    r"\b(?:repl(?:y|ies)|responses?|answers?) (?:(?:was|is|were|has been|have been) )?"
    r"(?:received|sent|given|provided|published|made|submitted|filed|found)\b|\bhas (?:now )?(?:responded|replied)\b"
)
# A text that only puts a reply off is none: nothing is answered yet, and the days go on.
_PUTS_OFF = re.compile(
    r"\b(?:will|shall)(?: \w+){0,3} (?:reply|respond|answer|response)\b"
    r"|\b(?:reply|response|answer) (?:(?:will|shall) (?:be|follow)|to follow|follows|in due course)\b"
)
# "Awaiting response from Kent Police", "No reply from the Trust": whose it is, is no word that can be listed.
_FROM_WHOM = re.compile(
    r"(?:still )?(?:(?:no|nil)(?: formal| written)?(?: reply| response| answer)(?: (?:was|has been))?(?: yet)?"
    r"(?: received)?|awaiting(?: a| the)?(?: formal| written)?(?: reply| response| answer)) from(?: \w+){1,8}"
)
_OURS = _each("we us our ours i my as because since but however and until then later after only") | _each(
    "needed necessary required"
)


def bare(text: str) -> str:
    """A text as it is compared: no matter which capitals, spaces, dashes and full stops it has."""
    return " ".join(_WORDS.findall(_APOSTROPHE.sub("", text.casefold())))


@lru_cache(maxsize=_MOST_KEPT)
def says_no_reply(text: str) -> bool:
    """Does a text say that there is no reply? What is blank says nothing."""
    if not text.strip() or len(text) > LONGEST:
        return False
    key = bare(text)
    words = key.split()
    if not words:
        return _is_a_stroke(text)
    if key in _PHRASES:
        return True
    if len(words) > MOST_WORDS:
        return False
    if _FROM_WHOM.fullmatch(key) and not _OURS.intersection(words):
        return True
    return _all_words_say_so(key, words)


def _all_words_say_so(key: str, words: list[str]) -> bool:
    known = _REPLY | _DENIES | _WAITS | _BESIDE
    if not all(word in known or _ORDINAL.fullmatch(word) for word in words):
        return False
    if any(_is_said_to_have_come(key[: came.start()].split()) for came in _CAME.finditer(key)):
        return False
    if {"will", "shall", "follow", "follows", "course"}.intersection(words):
        return _PUTS_OFF.search(key) is not None
    there = set(words[:-1] if words[-1] == "no" else words)  # "The answer is no" is an answer
    return bool(there & _WAITS or (there & _DENIES and there & _REPLY))


def _is_said_to_have_come(before: list[str]) -> bool:
    """By the words just before it: "no formal response received" is not."""
    return not (_DENIES | _WAITS).intersection(before[-3:])


def _is_a_stroke(text: str) -> bool:
    """A dash, dots, a question mark. A tick is none: it says that there is something."""
    return all(unicodedata.category(sign)[0] in "PZC" or sign in "~=+" for sign in text)


@dataclass(frozen=True)
class Silence:
    """What is no reply in one feed: what never is one, and the texts that its profile adds."""

    added: frozenset[str] = field(default_factory=frozenset)

    def __contains__(self, text: object) -> bool:
        return (
            isinstance(text, str)
            and 0 < len(text) <= LONGEST
            and (says_no_reply(text) or bare(text) in self.added)
        )
