"""What the register has on record of the facts that a file names, and how the file differs from it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.apps import apps

from tracker.importing.keys import FOLLOWING, LISTS, keys_of
from tracker.importing.problems import Problems, shown
from tracker.importing.rows import Document, Row
from tracker.models import Addressee, Answer, Event, Fact, Recommendation, Response
from tracker.vocabulary import Role

# Whoever wrote a line in another role than these has looked at the fact: the file no longer decides.
NOT_STAFF = (Role.LOADER, Role.CLOCK)


def _kinds() -> list[type[Fact]]:
    """The kinds of facts that a file brings: each stands on those before it."""
    kinds = list(LISTS.values())
    kinds.insert(kinds.index(Recommendation) + 1, Addressee)
    kinds.insert(kinds.index(Response) + 1, Answer)
    return kinds


class OnRecord:
    """The facts that a file names, by kind and public name: those on record, and those that are loaded."""

    def __init__(self, document: Document) -> None:
        named: dict[type[Fact], set[str]] = defaultdict(set)
        for row in document.all_rows():
            named[row.model].add(row.ref)
            for _, model, ref in row.references():
                named[model].add(ref)
        self.facts: dict[type[Fact], dict[str, Fact]] = {
            model: {fact.ref: fact for fact in model._default_manager.filter(ref__in=named[model])}
            for model in _kinds()
        }
        self._by_id = {model: {fact.pk: fact for fact in few.values()} for model, few in self.facts.items()}
        self._members: dict[tuple[type[Fact], str], dict[int, list[Fact]]] = {}

    def get(self, model: type[Fact], ref: str) -> Fact | None:
        return self.facts[model].get(ref)

    def recommendation(self, ref: str) -> Recommendation:
        """A recommendation that is on record by now."""
        found = self.facts[Recommendation][ref]
        assert isinstance(found, Recommendation)
        return found

    def by_id(self, model: type[Fact], pk: int) -> Fact | None:
        return self._by_id[model].get(pk)

    def put(self, fact: Fact) -> None:
        self.facts[type(fact)][fact.ref] = fact
        self._by_id[type(fact)][fact.pk] = fact

    def check_names(self, document: Document, problems: Problems) -> None:
        """Every name that a row speaks of is on record or in the file. Addressees follow later."""
        in_file = {model: {row.ref for row in rows} for model, rows in document.rows.items()}
        lists = {model: name for name, model in LISTS.items()}
        for row in document.all_rows():
            for path, model, ref in row.references():
                if model in FOLLOWING or ref in self.facts[model] or ref in in_file[model]:
                    continue
                problems.add(
                    path,
                    f"no {model.noun.label} {shown(ref)} is on record or in this file: correct the name, "
                    f"add it to {lists[model]}, or load the file that has it first",
                )

    def read_members(self, model: type[Fact], facts: Collection[Fact]) -> None:
        """Read the sets of facts of one kind, in one query a set."""
        for name, (table, parent, member) in model.sets.items():
            found: dict[int, list[Fact]] = defaultdict(list)
            rows = apps.get_model("tracker", table)._default_manager.filter(**{f"{parent}__in": facts})
            for each in rows.select_related(member).order_by("position"):
                found[getattr(each, f"{parent}_id")].append(getattr(each, member))
            self._members[model, name] = found

    def members(self, fact: Fact, name: str) -> list[Fact]:
        return self._members[type(fact), name][fact.pk]


def column(model: type[Fact], name: str) -> Any:
    """A column of a kind of fact."""
    return model._meta.get_field(name)


def columns_of(model: type[Fact]) -> list[str]:
    """The columns that a file decides."""
    return [column for key in keys_of(model).values() for column in key.columns]


def differences(fact: Fact, wanted: Fact) -> dict[str, Any]:
    """The columns in which the record differs from what the file says, with the file's values."""
    attributes = {name: column(type(fact), name).attname for name in columns_of(type(fact))}
    return {
        name: getattr(wanted, name)
        for name, attribute in attributes.items()
        if getattr(fact, attribute) != getattr(wanted, attribute)
    }


def moved_sets(
    fact: Fact, wanted: Mapping[str, Sequence[Fact]], on_record: OnRecord
) -> dict[str, Sequence[Fact]]:
    """The sets in which the record differs from what the file says."""
    said = {name: wanted.get(name, []) for name in type(fact).sets}
    return {
        name: members
        for name, members in said.items()
        if [each.pk for each in on_record.members(fact, name)] != [each.pk for each in members]
    }


def touched_by_staff(model: type[Fact], facts: Iterable[Fact]) -> set[int]:
    """The ids of the facts, of one kind, that somebody other than the loader and the clock wrote a line about."""
    lines = Event.objects.filter(subject_type=model.noun, subject_id__in=[fact.pk for fact in facts])
    return set(lines.exclude(role__in=NOT_STAFF).values_list("subject_id", flat=True))


def in_order(rows: Sequence[Row], problems: Problems) -> list[list[Row]]:
    """Rows of one kind in batches, each of which speaks only of rows in those before it."""
    left = {row.ref: row for row in rows}
    batches: list[list[Row]] = []
    while left:
        ready = [
            row
            for row in left.values()
            if not any(
                model is row.model and ref in left and ref != row.ref for _, model, ref in row.references()
            )
        ]
        if not ready or any(
            ref == row.ref for row in ready for _, m, ref in row.references() if m is row.model
        ):
            for row in ready or left.values():
                problems.add(
                    row.path, f"{shown(row.ref)} stands on itself, by what it names: break the circle"
                )
            return []
        batches.append(ready)
        for row in ready:
            del left[row.ref]
    return batches
