"""One dated sentence, with its denominators, that can be quoted as it stands. It says what is on record, no more.

Nobody is counted among those who refused or accepted because another body answered for it.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from tracker.models import Body
from tracker.queries.references import spoken
from tracker.queries.tallies import Tally
from tracker.spans import DateSpan
from tracker.vocabulary import Challenger, Precision, day_label

_WORDS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


def number(count: int) -> str:
    """Up to twelve in words."""
    return _WORDS[count] if 0 <= count < len(_WORDS) else f"{count:,}"


def dated(words: str, on: date) -> str:
    """A sentence with the day it is true of."""
    return f"{words}. As of {day_label(on)}."


def of_recommendation(tally: Tally, *, called: str, speakers: Mapping[int, Body]) -> str:
    """Of 43 forces, five have an answer of their own that was read, …"""
    if not tally.addressed:
        return "No body is on record as addressed"
    start = f"Of {number(tally.addressed)} {called}, {_found(tally, 'their own', 'its own')}"
    return "; ".join([start, *_besides(tally, speakers)])


def of_one(name: str, label: str) -> str:
    """What one body was asked: its status is the sentence."""
    return f"Put to one body, {name}: {label[0].lower()}{label[1:]}"


def of_parts(parts: Mapping[str, str]) -> str:
    """An ask that is answered in parts: what is to be said of each, by its name."""
    said = [f"{name[0].upper()}{name[1:]}: {words[0].lower()}{words[1:]}" for name, words in parts.items()]
    return ". ".join([f"Asked in {number(len(said))} part{'s' if len(said) != 1 else ''}", *said])


def of_report(tally: Tally, *, speakers: Mapping[int, Body], on: date) -> str:
    """Of 351 asks put to bodies, …"""
    return _of_asks(tally, "put to bodies", "the body's own", speakers, on)


def of_body(tally: Tally, name: str, *, speakers: Mapping[int, Body], on: date) -> str:
    """Of 12 asks put to the Home Office, …"""
    return _of_asks(tally, f"put to {name}", "its own", speakers, on)


def of_lineage(
    asked: int,
    since: DateSpan | None,
    refused: int,
    *,
    on: date,
    on_behalf: int = 0,
    in_parts: bool = False,
) -> str:
    """Asked ten times since 18 December 2018, refused six times. Of one that is answered in parts nobody refuses the
    whole: what became of each part stands there.
    """
    if since is None:
        return dated("Not asked on record", on)
    by_day = since.precision == Precision.DAY
    made = (
        f"Asked once, {'on' if by_day else 'in'} {since}"
        if asked == 1
        else f"Asked {_times(asked)} since {since}"
    )
    if in_parts and not refused and not on_behalf:
        return dated(f"{made}; answered in parts, each on record by itself", on)
    return dated(f"{made}; {_refused(refused, on_behalf)}", on)


def _refused(own: int, on_behalf: int) -> str:
    """How often, by those asked; and by a body that answered for them, which is not the same."""
    for_them = f"{_times(on_behalf)} by a body that answered for those asked"
    if own and on_behalf:
        return f"refused {_times(own)}, and {for_them}"
    if on_behalf:
        return f"refused {for_them}, by none of them on record"
    return f"refused {_times(own)}" if own else "no refusal on record"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{number(count)} times")


def of_scorecard(
    tally: Tally,
    *,
    put: str,
    own: str,
    besides: Sequence[str],
    speakers: Mapping[int, Body],
    narrowed: Mapping[str, str],
    on: date,
) -> str:
    """Of 43 asks put to bodies on Firewall, …; of the 40 with a deadline to answer, two were answered in time, …

    Where filters left some out, it says so: nobody shall quote a part for the whole.
    """
    said = _of_asks(tally, put, own, speakers, on, besides)
    only = " and ".join(f"{name} is {value}" for name, value in narrowed.items())
    return f"Counting only where {only}: {said}" if only else said


def of_answers_in_time(deadlines: int, in_time: int, late: int, undated: int, reviewed: int) -> list[str]:
    """How many of those with a deadline were answered by it, by whomever; nothing where none has one."""
    if not deadlines:
        return []
    said = [
        f"{number(count)} answered {how}"
        for count, how in ((in_time, "in time"), (late, "late"), (undated, "on a day not on record"))
        if count
    ]
    said = said or ["none answered"]
    said += [f"{number(reviewed)} under review"] if reviewed else []
    return [f"of {number(deadlines)} with a deadline to answer, {', '.join(said)}"]


def of_promises(promises: int, missed: int) -> list[str]:
    """How many of the promises with a day to keep them by were missed; nothing where none was."""
    return [f"of {number(promises)} promised by a day, {number(missed)} missed"] if missed else []


def _of_asks(
    tally: Tally, put: str, own: str, speakers: Mapping[int, Body], on: date, besides: Sequence[str] = ()
) -> str:
    if not tally.addressed:
        return dated(f"No ask {put} is on record", on)
    if tally.addressed == 1:
        words = f"The one ask {put.replace('bodies', 'a body')} {_one(tally, own)}"
    else:
        words = f"Of {number(tally.addressed)} asks {put}, {_found(tally, own, own)}"
    return dated("; ".join([words, *_besides(tally, speakers), *besides]), on)


def _one(tally: Tally, own: str) -> str:
    if tally.under_review:
        return "is under review"
    if tally.none_found:
        return f"has no answer of {own} on record"
    return f"has an answer of {own} that was {'read' if tally.own_read else 'not read'}"


def _found(tally: Tally, theirs: str, its: str) -> str:
    """How many have an answer of their own that was read, one that was not, and none."""
    read, unread, none = tally.own_read, tally.unread, tally.none_found
    if none == tally.addressed:
        return f"none has an answer of {its} on record"
    parts = []
    if read:
        parts.append(
            f"{_all_or(read, tally)} {_have(read)} an answer of {_own(read, theirs, its)} that was read"
        )
    if unread and read:
        # "five have …, two one not read": the verb is left out where it would be the same one.
        verb = "" if read > 1 and unread > 1 else f"{_have(unread)} "
        parts.append(f"{number(unread)} {verb}one not read")
    elif unread:
        own = _own(unread, theirs, its)
        parts.append(f"{_all_or(unread, tally)} {_have(unread)} an answer of {own} that was not read")
    if none:
        parts.append(f"{number(none)} none found" if none > 1 else "for one none was found")
    if tally.under_review:
        parts.append(f"{number(tally.under_review)} under review")
    return ", ".join(parts)


def _have(count: int) -> str:
    return "has" if count == 1 else "have"


def _own(count: int, theirs: str, its: str) -> str:
    return its if count == 1 else theirs


def _all_or(count: int, tally: Tally) -> str:
    if count == tally.addressed:
        return "both" if count == 2 else "all"
    return number(count)


def _besides(tally: Tally, speakers: Mapping[int, Body]) -> Sequence[str]:
    """Who answered for others, and whose time to answer has passed."""
    said = []
    for author, count in sorted(tally.spoken_for.items(), key=lambda each: (-each[1], each[0])):
        if author in speakers:
            said.append(f"{spoken(speakers[author])} answered for {_share(count, tally)}")
    if tally.overdue and tally.addressed > 1:
        late = f"for {_share(tally.overdue, tally)} the time to answer has passed"
        said.append(
            f"{late}, {number(tally.ignored)} of them checked and confirmed" if tally.ignored else late
        )
    elif tally.overdue:
        said.append("the time to answer has passed")
    if contested := [
        f"of {_share(tally.contested[word], tally)} by {_by_whom(word, tally.contested[word])}"
        for word in Challenger
        if tally.contested[word]
    ]:
        said.append(f"what is on record is contested {' and '.join(contested)}")
    return said


def _by_whom(word: Challenger, of: int) -> str:
    return "the bodies" if word == Challenger.BODY and of > 1 else word.label


def _share(count: int, tally: Tally) -> str:
    if tally.addressed == 1:
        return "it"
    if count == tally.addressed:
        return "both" if count == 2 else f"all {number(count)}"
    return f"{number(count)} of them"
