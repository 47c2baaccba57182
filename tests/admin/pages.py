"""Reading and sending the desk's pages as a browser would."""

from html.parser import HTMLParser
from typing import Any

from django.db.models import Model
from django.test import Client

from tracker.models import Event, Fact

Fields = dict[str, list[str]]


class _FormReader(HTMLParser):
    """The fields of the POST form of a page, as a browser would send them back untouched."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: Fields = {}
        self.inside = False
        self.area: str | None = None
        self.select: str | None = None
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name = found.get("name") or ""
        if tag == "form":
            self.inside = found.get("method") == "post" and "form" in (found.get("class") or "")
        if not self.inside:
            return
        if tag == "input" and name and name != "csrfmiddlewaretoken":
            box = found.get("type") in ("checkbox", "radio")
            if not box or "checked" in found:
                self.fields.setdefault(name, []).append(found.get("value") or ("on" if box else ""))
        if tag == "textarea":
            self.area, self.text = name, ""
        if tag == "select":
            self.select = name
        if tag == "option" and self.select and "selected" in found:
            self.fields.setdefault(self.select, []).append(found.get("value") or "")

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area is not None:
            # A browser drops the first line end of a text area, and sends the others as CR LF.
            text = self.text.replace("\r\n", "\n").removeprefix("\n")
            self.fields.setdefault(self.area, []).append(text.replace("\n", "\r\n"))
            self.area = None
        if tag == "select":
            self.select = None


def form_on(client: Client, url: str) -> Fields:
    """What the form at an address holds, ready to be sent back."""
    response = client.get(url)
    assert response.status_code == 200, response.status_code
    return fields_in(response.content.decode())


def fields_in(html: str) -> Fields:
    reader = _FormReader()
    reader.feed(html)
    return reader.fields


def page(row: Model, view: str = "change") -> str:
    """The address of a row's page."""
    return f"/admin/tracker/{row._meta.model_name}/{row.pk}/{view}/"


def act(row: Model, name: str, *others: Model) -> str:
    """The address of the page of an act."""
    ids = ",".join(str(each.pk) for each in (row, *others))
    return f"/admin/tracker/{row._meta.model_name}/act/{name}/?facts={ids}"


def do(client: Client, url: str, **changed: Any) -> Any:
    """Open a form, change some of its fields, send it to where it goes; the response."""
    fields = form_on(client, url)
    return client.post(url.partition("?")[0] if "/act/" in url else url, {**fields, **changed})


def errors(response: Any) -> dict[str, list[str]]:
    """What the form on a page says is wrong, by field."""
    assert response.status_code == 200, (response.status_code, response.headers.get("Location"))
    context = response.context
    form = context["adminform"].form if "adminform" in context else context["form"]
    return {name: [str(each) for each in said] for name, said in form.errors.items()}


def kinds(fact: Fact) -> list[tuple[str, bool]]:
    """The lines about a fact: their kinds, and whether the public sees them."""
    lines = Event.objects.filter(subject_type=fact.noun, subject_id=fact.pk).order_by("pk")
    return list(lines.values_list("kind", "is_public"))
