"""Two people for what is adverse. Private to `tracker.actions`: whoever publishes goes through here.

The rule is the register's (`TWO_PERSON_RULE`), and holds for every path: the desk, imports, proposals taken over.
"""

import copy
from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import ValidationError

from tracker.actions._writing import Change, Writing
from tracker.ledger import Actor
from tracker.models import Fact, SecondLook
from tracker.queries.second_looks import ANYBODY, CLAIMS, is_adverse, looks_at, written_by
from tracker.vocabulary import Role


def must_be_two(by: Actor) -> bool:
    """Whether the rule binds whoever acts.

    A command that loads files has no person behind it and is not bound: whoever may run commands on the server may
    change the settings too, and the bundled files were read by others before they came here.
    """
    return settings.TWO_PERSON_RULE and (by.role, by.user) != (Role.LOADER, None)


def held_back(facts: Sequence[Fact], writing: Writing) -> list[Fact]:
    """Those that whoever acts may not publish alone, for they wrote some of it. Each now waits for another person.

    Raises ValidationError where nobody is named who acts.
    """
    adverse = _adverse(facts) if must_be_two(writing.by) else []
    if not adverse:
        return []
    user = writing.by.user
    if user is None:
        raise ValidationError("A person must publish this: it says of a body what that body would contest.")
    names = written_by(adverse)
    barred = {user.get_username(), ANYBODY}
    held = [fact for fact in adverse if names[fact.noun.value, fact.pk] & barred]
    SecondLook.objects.bulk_create(
        [
            SecondLook(noun=fact.noun, fact_id=fact.pk, fact_ref=fact.ref, asked_by=user, asked_at=writing.at)
            for fact in held
        ],
        ignore_conflicts=True,
    )
    return held


def _adverse(facts: Sequence[Fact]) -> list[Fact]:
    """Those that are adverse as they stand on record now, locked: nobody corrects one between the look and the line."""
    on_record: dict[tuple[type[Fact], int], Fact] = {}
    for model in CLAIMS:
        ids = [fact.pk for fact in facts if type(fact) is model]
        rows = model._default_manager.select_for_update(of=("self",)).filter(pk__any_of=ids).order_by("pk")
        on_record |= {(model, row.pk): row for row in rows} if ids else {}
    return [fact for fact in facts if (row := on_record.get((type(fact), fact.pk))) and is_adverse(row)]


def no_longer_waiting(facts: Sequence[Fact], writing: Writing) -> None:
    """What was published, or withdrawn, waits for nobody. Facts of one kind."""
    if facts and type(facts[0]) in CLAIMS:
        looks_at(facts).update(ended_at=writing.at)


def not_by_one_alone(changes: Sequence[Change], writing: Writing) -> None:
    """Refuse a correction that would make what is published adverse, or adverse in another way.

    Raises ValidationError naming the field, and the way by which two people do it.
    """
    if not must_be_two(writing.by):
        return
    for each in changes:
        claims = CLAIMS.get(type(each.fact), frozenset()) & each.values.keys()
        if claims and each.fact.is_published and is_adverse(_as_corrected(each)):
            raise ValidationError(
                {
                    min(claims): [
                        "Two people say this of a body. Withdraw it, correct it, and let another person publish it."
                    ]
                }
            )


def _as_corrected(wanted: Change) -> Fact:
    corrected = copy.copy(wanted.fact)
    for name, value in wanted.values.items():
        setattr(corrected, name, value)
    return corrected
