"""What the law demands to be removed: erased for good, in every place, with a tombstone that says so."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms

from tracker.admin.acts import Act, ReasonForm
from tracker.ledger import Actor
from tracker.models import Fact
from tracker.removing import remove
from tracker.rights import REMOVE as TO_REMOVE
from tracker.vocabulary import LegalBasis


class RemoveForm(ReasonForm):
    legal_basis = forms.ChoiceField(
        label="Legal basis",
        choices=LegalBasis.choices,
        help_text="The public reads this, and nothing else of it.",
    )
    ordered_by = forms.CharField(
        max_length=300, label="Who ordered it", help_text="The court, or whose request. For staff only."
    )
    with_all_below = forms.BooleanField(
        required=False, label="And all that stands on it: answers of a response, all that a source supports"
    )
    for_good = forms.BooleanField(label="I know that nobody can bring it back")
    field_order = ("legal_basis", "ordered_by", "reason", "with_all_below", "for_good")


def do(facts: Sequence[Fact], data: dict[str, Any], by: Actor, at: datetime) -> None:
    remove(
        facts=facts,
        with_all_below=data["with_all_below"],
        legal_basis=LegalBasis(data["legal_basis"]),
        ordered_by=data["ordered_by"],
        reason=data["reason"],
        by=by,
        at=at,
    )


def names(facts: Sequence[Fact]) -> Sequence[str]:
    """What cannot be removed: the names by which others refer to it."""
    return [f"Its public name stays, in the record and in links to it: {fact.ref}" for fact in facts[:5]]


REMOVE = Act(
    "remove",
    "Remove by law",
    do,
    RemoveForm,
    needs=TO_REMOVE,
    intro="The texts of this are erased in the record, in the ledger, in mails and calls, in what partners proposed, "
    "in files and in dumps. Mirrors are told by a tombstone and by lines that say what was erased. The chain still "
    "verifies. Copies that others hold, and backups, are not reached: docs/configuration.md says what to do.",
    hints=names,
)
