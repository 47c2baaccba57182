"""The paper that comes with a form: read when it is chosen, and kept until the form is saved.

A browser forgets the chosen file when a page comes back. So a file that was read and found good is stored at once,
under its own hash, and the page holds a signed token of it: good for a day, and for the person who sent it.
"""

from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError

from tracker.actions.papers import HELD_FOR, is_stored, store, stored_name
from tracker.admin.papers import PaperField, to_keep
from tracker.ledger import Actor

PURPOSE = "a paper kept with a form"
LONGEST_NAME = 100


@dataclass(frozen=True)
class KeptPaper:
    """A paper that is stored, and no row names yet. `called` is the name it was sent under, only for showing."""

    extension: str
    sha256: str
    called: str

    @property
    def stored(self) -> str:
        """Its name in the store."""
        return stored_name(self.sha256, self.extension)


@dataclass(frozen=True)
class Sent:
    """What a form sends of a paper: a file, or the token of one sent before, or that this one is left out."""

    file: Any
    token: str
    left_out: bool


def token_of(paper: KeptPaper, by: Actor) -> str:
    """What the page holds of a paper, for the person who sent it."""
    return signing.dumps({"by": _holder(by), **asdict(paper)}, salt=PURPOSE)


def paper_behind(token: str, by: Actor) -> KeptPaper | None:
    """The paper of a token; None where that is forged, too old, or somebody else's, or the file is gone."""
    try:
        signed = signing.loads(token, salt=PURPOSE, max_age=HELD_FOR)
    except signing.BadSignature:
        return None
    paper = KeptPaper(signed["extension"], signed["sha256"], signed["called"])
    return paper if signed["by"] == _holder(by) and is_stored(paper.stored) else None


def _holder(by: Actor) -> int | None:
    return by.user.pk if by.user else None


class KeptPaperInput(forms.FileInput):
    """A box to choose a file; beside it what is kept, and a box to leave that out."""

    template_name = "admin/widgets/kept_paper.html"
    kept: KeptPaper | None = None
    token = ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Sent:
        return Sent(files.get(name), data.get(f"{name}_kept", ""), f"{name}_left_out" in data)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"kept": self.kept, "token": self.token}
        return context


class KeptPaperField(forms.FileField):
    """A file that may be left empty. Its value is a KeptPaper, or None. Whoever makes the form says `by` whom it is."""

    widget = KeptPaperInput
    by: Actor

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)

    def clean(self, data: Any, initial: Any = None) -> KeptPaper | None:
        """A new file goes before the one that is kept; where it cannot be taken, the kept one stays."""
        sent: Sent = data
        held = paper_behind(sent.token, self.by) if sent.token and not sent.left_out else None
        self._show(held)
        if paper := to_keep(PaperField(required=False).clean(sent.file)):
            store(paper)
            called = "".join(each for each in sent.file.name if each.isprintable())
            held = KeptPaper(paper.extension, paper.sha256, called[:LONGEST_NAME])
            self._show(held)
        elif sent.token and not sent.left_out and held is None:
            raise ValidationError(
                "The file that was kept with this form cannot be taken any more: choose it again."
            )
        return held

    def _show(self, held: KeptPaper | None) -> None:
        box: Any = self.widget
        box.kept, box.token = held, token_of(held, self.by) if held else ""
