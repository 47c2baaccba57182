"""A removal that the law demands, in every place where the register keeps what it said.

The facts and their lines are the action's (`actions/erasing.py`). Here is the rest: what was sent, what partners and
uploads brought, files, and the dumps that hold it. Backups are the operator's: docs/configuration.md says what to do.
"""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL

from tracker.actions.erasing import REMOVED, REMOVED_URL, Removed, remove_facts
from tracker.alerts.forgetting import forget_words
from tracker.dumps import remove_with
from tracker.ledger import Actor
from tracker.models import Fact, Import, ImportPart, ImportRow, Proposal, ReceivedChallenge, Source
from tracker.vocabulary import LegalBasis

log = logging.getLogger(__name__)

_NOTHING = {"source": {"url": REMOVED_URL, "title": REMOVED}, "summary": REMOVED}


@transaction.atomic
def remove(
    *,
    facts: Sequence[Fact],
    with_all_below: bool,
    legal_basis: LegalBasis,
    ordered_by: str,
    reason: str,
    by: Actor,
    at: datetime,
) -> Removed:
    """Remove what the register says in some facts, everywhere. Files and dumps go once it is committed."""
    removed = remove_facts(
        facts=facts,
        with_all_below=with_all_below,
        legal_basis=legal_basis,
        ordered_by=ordered_by,
        reason=reason,
        by=by,
        at=at,
    )
    forget_words(removed.events)
    _forget_what_came_in(removed)
    transaction.on_commit(lambda: _forget_files(removed))
    return removed


def _forget_what_came_in(removed: Removed) -> None:
    """What partners proposed about them, what challengers sent, and the rows of uploads that they were made of."""
    about = Q(pk__in=[])
    for noun in {fact.noun for fact in removed.facts}:
        refs = [fact.ref for fact in removed.facts if fact.noun == noun]
        about |= Q(about_type=noun.value, about_ref__any_of=refs)
    # Whoever sends the same proposal again is told that it was received, and no more.
    Proposal.objects.filter(about).update(said=_NOTHING, reason=REMOVED, answer="{}")
    refs = [fact.ref for fact in removed.facts]
    ReceivedChallenge.objects.filter(challenges__ref__any_of=refs).update(words="", reason="")
    named = RawSQL(
        "SELECT id FROM tracker_importrow WHERE jsonb_path_query_array(facts, '$.**') ?| %s::text[]", [refs]
    )
    rows = ImportRow.objects.filter(pk__in=named)
    imports = list(
        Import.objects.filter(rows__in=rows, applied_at__isnull=False).values_list("pk", flat=True)
    )
    rows.update(said={}, changes=[], problems=[])
    ImportPart.objects.filter(of__in=imports).delete()


def _forget_files(removed: Removed) -> None:
    """The files that no other source names, and every dump that holds one of the lines."""
    for name in removed.files:
        if not Source.objects.filter(Q(file=name) | Q(redacted_file=name)).exists():
            default_storage.delete(name)
    if removed.first_public is not None:
        gone = remove_with(removed.first_public)
        log.warning("removed by law: %s dumps that held it were deleted", gone)
