"""Who may do what, page by page: the one table. docs/rights.md is written from it, and every line is asked for real.

    python -m tests.rights.matrix > docs/rights.md

Nothing here follows from tracker/rights.py: the table says what must come out, not how. Each role may do all that the
one before it may, so a line names the least one. A route, or an act, that has no line fails a test.
"""

from collections.abc import Iterator
from typing import NamedTuple

ANYBODY, ANY_ACCOUNT, VIEWER, EDITOR, PUBLISHER, ADMINISTRATOR, NOBODY, KEY = (
    "anybody",
    "any account",
    "viewer",
    "editor",
    "publisher",
    "administrator",
    "nobody",
    "a partner's key",
)
# Who is asked, from whoever may least.
ASKED = (ANYBODY, ANY_ACCOUNT, VIEWER, EDITOR, PUBLISHER, ADMINISTRATOR)
LEVELS = (*ASKED, NOBODY)


class Line(NamedTuple):
    """One line: a route as the resolver spells it, what is done to it, to an object in what state, and who may."""

    route: str
    method: str
    state: str
    least: str
    # What is sent, besides what the state says.
    sent: tuple[tuple[str, str], ...] = ()

    def may(self, who: str) -> bool:
        if KEY in (who, self.least):
            return self.least in (who, ANYBODY)
        return LEVELS.index(who) >= LEVELS.index(self.least)


DESK = "admin/"
PAGE = "<path:object_id>/"

# Nouns whose facts are entered by a form of their own, and those that are entered on another noun's page.
BY_FORM = (
    "body", "claim", "development", "group", "link", "membership", "recommendation", "regime", "report", "source",
    "theme",
)  # fmt: skip
BY_ANOTHER = ("addressee", "answer", "assessment", "challenge", "check", "extension", "silence", "step")
FACTS = (*BY_FORM, "response", *BY_ANOTHER)
# What staff only read: logs, and what is decided by acts.
READ_ONLY = (
    "address", "attempt", "event", "key", "message", "notice", "proposal", "receivedchallenge", "replylink",
    "secondlook",
)  # fmt: skip
# What administrators keep by Django's own forms.
KEPT = ("endpoint", "partner", "user")

# What can be done to a draft and to what is published, by act. Publishing and withdrawing are the same for all.
ACTS: dict[str, dict[str, tuple[str, str]]] = {
    "addressee": {
        "check": (EDITOR, EDITOR),
        "confirm": (EDITOR, PUBLISHER),
        "set": (EDITOR, PUBLISHER),
        "extend": (EDITOR, EDITOR),
        "chase": (EDITOR, EDITOR),
        "tell": (EDITOR, EDITOR),
        "assess": (EDITOR, EDITOR),
        "review": (EDITOR, PUBLISHER),
        "end-review": (EDITOR, PUBLISHER),
        "ask-reply": (EDITOR, EDITOR),
        "challenge": (EDITOR, EDITOR),
    },
    "answer": {"wait-ended": (EDITOR, PUBLISHER)},
    "body": {"end": (PUBLISHER, PUBLISHER), "take-back-end": (PUBLISHER, PUBLISHER)},
    "challenge": {"answer": (EDITOR, PUBLISHER), "settle": (EDITOR, PUBLISHER)},
    "check": {"propose-silence": (EDITOR, EDITOR)},
    "recommendation": {
        "publish-whole": (PUBLISHER, PUBLISHER),
        "address": (EDITOR, EDITOR),
        "repeats": (EDITOR, EDITOR),
        "review": (EDITOR, PUBLISHER),
    },
    "report": {
        "publish-whole": (PUBLISHER, PUBLISHER),
        "owner": (EDITOR, EDITOR),
        "follow": (VIEWER, VIEWER),
        "unfollow": (VIEWER, VIEWER),
        "review": (EDITOR, PUBLISHER),
    },
    "response": {"publish-whole": (PUBLISHER, PUBLISHER)},
    "silence": {"second": (PUBLISHER, PUBLISHER), "ask": (PUBLISHER, PUBLISHER)},
    "source": {"papers": (EDITOR, PUBLISHER)},
}
# Acts that enter drafts, which may be published in the same step.
MAKING_DRAFTS = {
    "addressee": ("check", "extend", "chase", "assess", "challenge"),
    "recommendation": ("address", "repeats"),
}
OTHER_ACTS = {
    "address": {"lift": ADMINISTRATOR},
    "key": {"revoke": ADMINISTRATOR},
    "proposal": {"decline": EDITOR, "taken": EDITOR},
    "secondlook": {"publish": PUBLISHER},
    "receivedchallenge": {"publish": PUBLISHER, "decline": PUBLISHER},
}


def lines() -> Iterator[Line]:
    yield from _everybodys()
    yield from _of_the_api()
    yield from _of_the_desk()
    for noun in FACTS:
        yield from _of_facts(noun)
    for noun in READ_ONLY:
        yield from _of_what_is_read(noun)
    for noun in KEPT:
        yield from _of_what_is_kept(noun)
    yield from _of_subscriptions()
    yield from _of_imports()


def _everybodys() -> Iterator[Line]:
    """What anybody may ask for."""
    for route in ("", "healthz", "readyz", "metrics", "sources/<path:ref>/copy", "second/<str:token>/"):
        yield Line(route, "GET", "", ANYBODY)
    yield Line("second/<str:token>/", "POST", "", ANYBODY)
    yield Line("log/", "GET", "", ANYBODY)
    for route in ("reply/<str:token>/", "contest/<path:ref>/"):
        yield Line(route, "GET", "", ANYBODY)
        yield Line(route, "POST", "", ANYBODY)
    yield Line("cards/<str:kind>/<path:ref>/", "GET", "", ANYBODY)
    yield Line("oembed", "GET", "", ANYBODY)
    for route in ("", "confirm/<str:token>/", "mine/<str:token>/", "stop/<str:token>/"):
        for method in ("GET", "POST"):
            yield Line(f"follow/{route}", method, "", ANYBODY)


READ_BY_ANYBODY = (
    "addressees", "bodies", "changes", "groups", "recommendations", "regimes", "reports", "responses", "scorecards",
    "themes",
)  # fmt: skip


def _of_the_api() -> Iterator[Line]:
    """Everything public reads for anybody; what a partner writes needs its key, and no role of the desk will do."""
    for name in (
        "",
        "v1/",
        "schema/",
        "docs/",
        "v1/dumps/",
        "v1/dumps/<name>",
        "<place>",
        "v1/addressees.atom",
        "v1/addressees.ics",
    ):
        yield Line(f"api/{name}", "GET", "", ANYBODY)
    for noun in READ_BY_ANYBODY:
        yield Line(f"api/v1/{noun}/", "GET", "", ANYBODY)
        if noun != "changes":
            yield Line(f"api/v1/{noun}/<ref>/", "GET", "", ANYBODY)
    yield Line("api/v1/recommendations/<ref>/lineage/", "GET", "", ANYBODY)
    for noun in ("addressees", "recommendations", "responses"):
        for form in ("csv", "jsonl", "xlsx"):
            yield Line(f"api/v1/{noun}.{form}", "GET", "", ANYBODY)
    for noun, methods in (
        ("proposals", ("GET",)),
        ("webhooks", ("GET", "PATCH", "DELETE")),
        ("subscriptions", ("GET", "PATCH", "DELETE")),
    ):
        for method in ("GET", "POST"):
            yield Line(f"api/v1/{noun}/", method, "", KEY)
        for method in methods:
            yield Line(f"api/v1/{noun}/<ref>/", method, "their own", KEY)
    yield Line("api/v1/webhooks/<ref>/deliveries/", "GET", "their own", KEY)
    for what in ("enable", "ping", "replay", "rotate"):
        yield Line(f"api/v1/webhooks/<ref>/{what}/", "POST", "their own", KEY)


def _of_the_desk() -> Iterator[Line]:
    yield Line(f"{DESK}login/", "GET", "", ANYBODY)
    yield Line(f"{DESK}login/", "POST", "", ANYBODY)
    yield Line(f"{DESK}logout/", "GET", "", ANY_ACCOUNT)
    for name in ("", "search/", "jsi18n/", "password_change/", "password_change/done/"):
        yield Line(f"{DESK}{name}", "GET", "", VIEWER)
    yield Line(f"{DESK}autocomplete/", "GET", "a report's source", VIEWER)
    yield Line(f"{DESK}password_change/", "POST", "their own", VIEWER)
    yield Line(f"{DESK}account/sessions/", "GET", "their own", VIEWER)
    yield Line(f"{DESK}account/sessions/", "POST", "their own", VIEWER)
    for name in (
        "", "show/", "app/", "app/remove/", "codes/", "codes/new/",
        "passkeys/", "passkeys/add/", "passkeys/<int:pk>/remove/",
    ):  # fmt: skip
        yield Line(f"{DESK}account/second-factor/{name}", "GET", "their own", ANY_ACCOUNT)
    for name in ("app/", "app/remove/", "passkeys/add/", "passkeys/<int:pk>/remove/", "codes/new/"):
        yield Line(f"{DESK}account/second-factor/{name}", "POST", "their own", ANY_ACCOUNT)
    for name in ("reauthenticate/", "second-factor/show-again/", "second-factor/passkeys/show-again/"):
        for method in ("GET", "POST"):
            yield Line(f"{DESK}account/{name}", method, "their own", ANY_ACCOUNT)
    # Between the password and the desk: whoever is in is sent on to the desk, whoever is out begins anew.
    yield Line(f"{DESK}account/second-factor/show/", "POST", "after their password", ANY_ACCOUNT)
    yield Line(f"{DESK}<app_label>/", "GET", "", VIEWER)
    yield Line(f"{DESK}r/<path:content_type_id>/<path:object_id>/", "GET", "", VIEWER)
    yield Line(f"{DESK}<url>", "GET", "no such page", VIEWER)


def _list_and_history(noun: str) -> Iterator[Line]:
    place = f"{DESK}tracker/{noun}/"
    yield Line(place, "GET", "", VIEWER)
    yield Line(f"{place}{PAGE}", "GET", "", VIEWER)
    yield Line(f"{place}{PAGE}history/", "GET", "", VIEWER)
    yield Line(f"{place}{PAGE}change/", "GET", "", VIEWER)
    for method in ("GET", "POST"):
        yield Line(f"{place}{PAGE}delete/", method, "", NOBODY)


def _of_facts(noun: str) -> Iterator[Line]:
    place = f"{DESK}tracker/{noun}/"
    yield from _list_and_history(noun)
    enters = NOBODY if noun in BY_ANOTHER else EDITOR
    yield Line(f"{place}add/", "GET", "", enters)
    yield Line(f"{place}add/", "POST", "saved as a draft", enters)
    yield Line(f"{place}{PAGE}change/", "POST", "draft", EDITOR)
    yield Line(f"{place}{PAGE}change/", "POST", "published", PUBLISHER)
    yield Line(f"{place}{PAGE}change/", "POST", "draft, published at once", PUBLISHER, (("_publish", "1"),))
    if noun in BY_FORM:
        yield Line(f"{place}add/", "POST", "published at once", PUBLISHER, (("_publish", "1"),))
    yield from _acts_of(noun)
    match noun:
        case "report":
            yield from _whole(f"{place}new/")
            yield Line(f"{place}{PAGE}entered/", "GET", "", VIEWER)
        case "response":
            yield from _whole(f"{place}record/")
            yield Line(f"{place}{PAGE}recorded/", "GET", "", VIEWER)
        case "addressee":
            for act, (least, _) in ACTS[noun].items():
                yield Line(f"{place}choose/<slug:name>/", "GET", act, least)
        case "source":
            yield Line(f"{place}{PAGE}original/", "GET", "", VIEWER)


def _whole(route: str) -> Iterator[Line]:
    """The two large forms."""
    yield Line(route, "GET", "", EDITOR)
    yield Line(route, "POST", "previewed", EDITOR, (("save", "preview"),))
    yield Line(route, "POST", "saved as a draft", EDITOR, (("save", "draft"),))
    yield Line(route, "POST", "published at once", PUBLISHER, (("save", "publish"),))


def _acts_of(noun: str) -> Iterator[Line]:
    route = f"{DESK}tracker/{noun}/act/<slug:name>/"
    own = dict(ACTS.get(noun, {}))
    if noun != "silence":  # it is published by a second person
        own["publish"] = (PUBLISHER, PUBLISHER)
    own["withdraw"] = (PUBLISHER, PUBLISHER)
    own["remove"] = (ADMINISTRATOR, ADMINISTRATOR)
    for act, (draft, published) in own.items():
        for state, least in (("draft", draft), ("published", published)):
            yield Line(route, "GET", f"{act}: {state}", least)
            yield Line(route, "POST", f"{act}: {state}", least, (("act", act),))
        if act in MAKING_DRAFTS.get(noun, ()):
            sent = (("act", act), ("save", "publish"))
            yield Line(route, "POST", f"{act}: published at once", PUBLISHER, sent)


def _of_what_is_read(noun: str) -> Iterator[Line]:
    place = f"{DESK}tracker/{noun}/"
    yield from _list_and_history(noun)
    yield Line(f"{place}add/", "GET", "", NOBODY)
    yield Line(f"{place}add/", "POST", "", NOBODY)
    yield Line(f"{place}{PAGE}change/", "POST", "", NOBODY)
    for act, least in OTHER_ACTS.get(noun, {}).items():
        yield Line(f"{place}act/<slug:name>/", "GET", act, least)
        yield Line(f"{place}act/<slug:name>/", "POST", act, least, (("act", act),))
    if noun not in OTHER_ACTS:
        yield Line(f"{place}act/<slug:name>/", "GET", "no such act", VIEWER)


def _of_what_is_kept(noun: str) -> Iterator[Line]:
    place = f"{DESK}tracker/{noun}/"
    yield from _list_and_history(noun)
    yield Line(f"{place}add/", "GET", "", ADMINISTRATOR)
    yield Line(f"{place}add/", "POST", "", ADMINISTRATOR)
    yield Line(f"{place}{PAGE}change/", "POST", "", ADMINISTRATOR)
    match noun:
        case "endpoint":
            yield Line(f"{place}deliveries/", "GET", "", VIEWER)
        case "partner":
            yield Line(f"{place}{PAGE}key/", "GET", "", ADMINISTRATOR)
            yield Line(f"{place}{PAGE}key/", "POST", "", ADMINISTRATOR)
            yield Line(f"{place}act/<slug:name>/", "GET", "no such act", VIEWER)
        case "user":
            yield Line(f"{place}<id>/password/", "GET", "", ADMINISTRATOR)
            yield Line(f"{place}<id>/password/", "POST", "", ADMINISTRATOR)
            for act in ("hand-over", "reset"):
                yield Line(f"{place}act/<slug:name>/", "GET", act, ADMINISTRATOR)
                yield Line(f"{place}act/<slug:name>/", "POST", act, ADMINISTRATOR, (("act", act),))
            yield Line(f"{place}<int:pk>/sessions/", "GET", "", ADMINISTRATOR)
            yield Line(f"{place}<int:pk>/sessions/", "POST", "", ADMINISTRATOR)


def _of_subscriptions() -> Iterator[Line]:
    """Everybody at the desk says what they hear of; only administrators what endpoints do."""
    place = f"{DESK}tracker/subscription/"
    yield from _list_and_history("subscription")
    yield Line(f"{place}add/", "GET", "", VIEWER)
    yield Line(f"{place}add/", "POST", "", VIEWER)
    yield Line(f"{place}{PAGE}change/", "POST", "", NOBODY)
    yield Line(f"{place}act/<slug:name>/", "GET", "stop", VIEWER)
    yield Line(f"{place}act/<slug:name>/", "POST", "stop", VIEWER, (("act", "stop"),))


def _of_imports() -> Iterator[Line]:
    place = f"{DESK}tracker/import/"
    yield from _list_and_history("import")
    yield Line(f"{place}add/", "GET", "", EDITOR)
    yield Line(f"{place}add/", "POST", "", EDITOR)
    yield Line(f"{place}{PAGE}change/", "POST", "", VIEWER)  # it shows the page, whatever is sent
    yield Line(f"{place}<int:pk>/match/", "GET", "", EDITOR)
    yield Line(f"{place}<int:pk>/match/", "POST", "", EDITOR)
    yield Line(f"{place}<int:pk>/plan.csv", "GET", "", VIEWER)
    for what, least in (
        ("names", EDITOR),
        ("again", EDITOR),
        ("apply", PUBLISHER),
        ("override", PUBLISHER),
        ("undo", PUBLISHER),
    ):
        yield Line(f"{place}<int:pk>/do/<slug:what>/", "POST", what, least)
    yield Line(f"{place}act/<slug:name>/", "GET", "no such act", VIEWER)


HEAD = """# Who may do what

Written by `make rights` from `tests/rights/matrix.py`; a test asks for each line of it, and fails for a route that
has no line. What a role is: a **viewer** reads all that staff read and writes nothing; an **editor** also enters and
changes drafts; a **publisher** also publishes, withdraws, and changes what is public; an **administrator** also keeps
accounts, keys and endpoints. "Any account" has a log-in and no role: a trustee who agrees by a link.

Whoever may not is answered 403 by a page that says who may; whoever is not logged in, or has no role, by the log-in
page. "Published at once" is a form that saves and publishes in one step. Under `/api/` what needs a partner's key
([api.md](api.md)) is opened by no role of the desk: whoever has none is answered 401."""


def written() -> str:
    """docs/rights.md."""
    out = [HEAD]
    before = ""
    for line in lines():
        area = _area(line.route)
        if area != before:
            before = area
            out += [
                f"\n## {area}\n",
                "| page | method | state | viewer | editor | publisher | administrator | others |",
                "|---|---|---|---|---|---|---|---|",
            ]
        marks = ["yes" if line.may(role) else "-" for role in (VIEWER, EDITOR, PUBLISHER, ADMINISTRATOR)]
        others = line.least if line.least in (ANYBODY, ANY_ACCOUNT, KEY) else "-"
        out.append(
            f"| `/{line.route}` | {line.method} | {line.state or '-'} | {' | '.join(marks)} | {others} |"
        )
    return "\n".join(out) + "\n"


def _area(route: str) -> str:
    if route.startswith("admin/tracker/"):
        return f"`/admin/tracker/{route.split('/')[2]}/`"
    areas = {"admin": "The desk", "api": "The API"}
    return areas.get(route.partition("/")[0], "Public pages")


if __name__ == "__main__":
    print(written(), end="")
