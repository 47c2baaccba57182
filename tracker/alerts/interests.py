"""Filters that somebody follows: the words are checked, and written down as terms that the fan-out can join.

The words are those of `queries.filters.AddresseeFilter`, with `addressee` besides (one addressee by its id). What
they mean is said twice, there for lists and in `queries/terms.py` for the fan-out; one test runs both.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import orjson
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict

from tracker.models import Address, Endpoint, Interest, InterestTerm, Subscription, User
from tracker.queries.followed import in_words
from tracker.queries.terms import followed_searches, leading
from tracker.queries.words import LONGEST, MOST_TERMS, terms
from tracker.vocabulary import (
    PUBLIC_NEWS,
    STATUSES,
    WEBHOOK_NEWS,
    BodyKind,
    Channel,
    Implementation,
    News,
    Position,
    View,
)

# An interest is found by its words, which stand in an index.
WORDS_LENGTH = 2_000
# Different searches that are followed: each is some 15 ms of a batch of the fan-out.
MOST_SEARCHES = 200

_CLOSED: Mapping[str, Collection[str]] = {
    "status": STATUSES,
    "position": Position.values,
    "implementation": Implementation.values,
    "view": View.values,
    "body_kind": BodyKind.values,
}
_NAMES = ("addressee", "body", "report", "recommendation", "answered_by", "group", "theme", "publisher")
_DAYS = ("due_before", "due_after")


def follow(
    *,
    reader: User | Address | Endpoint,
    wanted: Mapping[str, Any],
    kinds: Sequence[str],
    channel: Channel,
    at: datetime,
) -> Subscription:
    """Subscribe a reader to an interest; whoever follows it by this channel already gets the kinds given now.

    An endpoint is called (`Channel.WEBHOOK`), an account and an address are written to. Raises ValidationError that
    names the field: a word that no list knows, a kind that only staff hear of.
    """
    column = _column(reader)
    check_choice(column, kinds, channel)
    made, _ = Subscription.objects.update_or_create(
        **{column: reader},
        interest=interest_in(wanted),
        channel=channel,
        defaults={"kinds": sorted({*kinds})},
        create_defaults={"kinds": sorted({*kinds}), "created_at": at},
    )
    return made


_KINDS: Mapping[str, Sequence[str]] = {
    "user": News.values,
    "address": [kind.value for kind in PUBLIC_NEWS],
    "endpoint": [*WEBHOOK_NEWS],
}


def check_choice(column: str, kinds: Sequence[str], channel: str) -> None:
    """Whether a reader of this kind may hear of this by this channel. Raises ValidationError that names the field."""
    known = _KINDS[column]
    if not kinds or (wrong := sorted({*kinds} - {*known})):
        raise ValidationError(
            {"kinds": [f"Choose some of {', '.join(known)}." + _not(wrong if kinds else [])]}
        )
    if (column == "endpoint") != (channel == Channel.WEBHOOK):
        raise ValidationError({"channel": ["An endpoint is called by webhook, everybody else gets e-mail."]})


def choose_kinds(subscription: Subscription, kinds: Sequence[str]) -> None:
    """Other kinds of news from now on, whatever became of what is followed. Raises ValidationError as `follow` does."""
    check_choice(_column(_reader(subscription)), kinds, subscription.channel)
    subscription.kinds = sorted({*kinds})
    subscription.save(update_fields=["kinds"])


def _reader(subscription: Subscription) -> User | Address | Endpoint:
    reader = subscription.user or subscription.address or subscription.endpoint
    assert reader is not None  # the database keeps that there is one
    return reader


def _column(reader: User | Address | Endpoint) -> str:
    match reader:
        case Endpoint():
            return "endpoint"
        case Address():
            return "address"
    return "user"


@transaction.atomic
def interest_in(wanted: Mapping[str, Any]) -> Interest:
    """The interest of these words: one row for each filter. Raises ValidationError that names the field and the fix.

    An empty value asks for nothing, as in a list; without any words it is everything.
    """
    words = checked(wanted)
    check_room(words)
    held = _terms(words)
    fields = {field for field, _ in held}
    made, new = Interest.objects.get_or_create(wanted=words, defaults={"fields": len(fields)})
    if new:
        first = leading(fields)
        InterestTerm.objects.bulk_create(
            InterestTerm(interest=made, field=field, value=value, leads=field == first)
            for field, value in sorted(held)
        )
    return made


def checked(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The words of a filter in their one spelling: empty ones left out, lists sorted."""
    words: dict[str, Any] = {}
    for field, value in sorted(wanted.items()):
        check = _CHECKS.get(field)
        if check is None:
            raise ValidationError({field: [f"No list is filtered by this: use {', '.join(_CHECKS)}."]})
        if value not in ("", None, [], (), False):
            words[field] = check(field, value)
    if "view" in words and "implementation" not in words:
        raise ValidationError({"view": ["Name an implementation too: a view alone says nothing."]})
    if "family" in words and "body" not in words:
        raise ValidationError({"family": ["Name the body whose family it is."]})
    if len(orjson.dumps(words)) > WORDS_LENGTH:
        raise ValidationError("The filter is too long: leave out some of its words.")
    return words


class NothingPublic(ValidationError):
    """A filter names what is not in the public register: a draft as much as what never was."""


def checked_public(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The same of a filter that names public things only. Raises NothingPublic, too, which names the fields."""
    words = checked(wanted)
    if unknown := in_words(words).unknown:
        raise NothingPublic(dict.fromkeys(unknown, "Nothing in the public register has this name."))
    return words


def check_room(words: Mapping[str, Any]) -> None:
    """Each different search costs the fan-out: there is an end to how many are followed. Raises ValidationError."""
    if "q" in words:
        followed = followed_searches()
        if words["q"] not in followed and len(followed) >= MOST_SEARCHES:
            raise ValidationError(
                {
                    "q": [
                        "As many searches are followed as can be: follow a body, a report or a theme instead."
                    ]
                }
            )


def wanted_from(query: QueryDict) -> dict[str, Any]:
    """The filter in an address, in the parameters of the lists: several words are one parameter, or many."""
    wanted: dict[str, Any] = {}
    for name in query:
        values = [part for value in query.getlist(name) for part in value.split(",") if part]
        if name in _CLOSED:
            wanted[name] = values
        elif name == "family":
            wanted[name] = query[name] in ("1", "true")
        else:
            wanted[name] = query[name]
    return wanted


def _name(field: str, value: Any) -> str:
    if not isinstance(value, str) or len(value) > 240 or not value.isprintable():
        raise ValidationError({field: ["Give the public name of one thing, as it stands in its address."]})
    return value


def _several(field: str, value: Any) -> list[str]:
    given = [value] if isinstance(value, str) else value
    known = _CLOSED[field]
    if not isinstance(given, list | tuple) or not all(isinstance(one, str) for one in given):
        raise ValidationError({field: [f"Give a list of words: {', '.join(known)}."]})
    if wrong := sorted({*given} - {*known}):
        raise ValidationError({field: [f"Choose some of {', '.join(known)}." + _not(wrong)]})
    return sorted({*given})


def _yes(field: str, value: Any) -> bool:
    if value is not True:
        raise ValidationError({field: ["Give true or false."]})
    return True


def _day(field: str, value: Any) -> str:
    try:
        if not isinstance(value, str | date):
            raise ValueError
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise ValidationError({field: ["Give a day as 2026-03-31."]}) from None


def _search(field: str, value: Any) -> str:
    text = " ".join(value.split()) if isinstance(value, str) else ""
    asked = terms(text) if len(text) <= LONGEST and text.isprintable() else ()
    if not asked or sum(len(group) for group in asked) > MOST_TERMS:
        raise ValidationError(
            {field: [f"Give words to look for: at most {LONGEST} characters and {MOST_TERMS} terms."]}
        )
    return text


_CHECKS: Mapping[str, Callable[[str, Any], Any]] = {
    **dict.fromkeys(_NAMES, _name),
    **dict.fromkeys(_CLOSED, _several),
    **dict.fromkeys(_DAYS, _day),
    "family": _yes,
    "q": _search,
}


def _not(wrong: Sequence[str]) -> str:
    return f" Not {', '.join(word[:50] for word in wrong)}." if wrong else ""


def _terms(words: Mapping[str, Any]) -> set[tuple[str, str]]:
    """The terms of checked words. A body with its family, and a delivery with its view, are terms of their own."""
    made: set[tuple[str, str]] = set()
    for field, value in words.items():
        match field:
            case "body":
                made.add(("family" if "family" in words else "body", value))
            case "implementation":
                views = words.get("view") or [""]
                made |= {
                    ("implementation", f"{view}:{word}" if view else word) for view in views for word in value
                }
            case "family" | "view":
                pass
            case _:
                made |= {(field, one) for one in (value if isinstance(value, list) else [value])}
    return made
