"""Whom recommendations are put to, and whom responses answer: what follows from the rows of a file."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from tracker.importing.on_record import OnRecord
from tracker.importing.rows import Row
from tracker.models import Addressee, Answer, Body, Fact, Group, Membership, Recommendation, Response
from tracker.models.base import span_of

# In the place of members that cannot be known: the action says what is missing.
UNKNOWN = 0


class Addressing:
    """The addressees of the recommendations that a file names."""

    def __init__(self, on_record: OnRecord) -> None:
        self.on_record = on_record
        self._members: dict[tuple[int, date], set[int]] = {}
        self._addressees: dict[str, list[Addressee]] = {}

    def put_to(self, row: Row) -> tuple[list[Body], list[Group]]:
        """The bodies and groups that a row about a recommendation addresses."""
        bodies = [self.on_record.get(Body, ref) for ref in row.sets.get("addressed_to", [])]
        groups = [self.on_record.get(Group, ref) for ref in row.sets.get("addressed_to_groups", [])]
        return bodies, groups  # type: ignore[return-value]

    def to_be_addressed(self, rows: Iterable[Row]) -> list[list[Row]]:
        """The rows that address somebody who is no addressee yet; those that name the same together."""
        together: dict[tuple[str, ...], list[Row]] = {}
        for row in rows:
            if self._lacks(row):
                names = (*row.sets.get("addressed_to", []), "", *row.sets.get("addressed_to_groups", []))
                together.setdefault(names, []).append(row)
        return list(together.values())

    def _lacks(self, row: Row) -> bool:
        """Is somebody addressed by a row whose addressee is not on record?"""
        recommendation = self.on_record.recommendation(row.ref)
        bodies, groups = self.put_to(row)
        wanted = {body.pk for body in bodies}
        asked = span_of(recommendation.report, "dated") or span_of(recommendation, "asked")
        for group in groups:
            wanted |= (asked and self._members_on(group.pk, asked.latest)) or {UNKNOWN}
        return bool(wanted - {each.body_id for each in self.of(row.ref)})

    def read(self) -> None:
        """Read the addressees on record of the recommendations that the file names; again after some were added."""
        found: dict[str, list[Addressee]] = defaultdict(list)
        asks = self.on_record.facts[Recommendation].values()
        for addressee in (
            Addressee.objects.filter(recommendation__in=[each.pk for each in asks])
            .select_related("recommendation", "body__source")
            .order_by("body__name", "pk")
        ):
            found[addressee.recommendation.ref].append(addressee)
            self.on_record.put(addressee)
        self._addressees = found

    def of(self, recommendation: str) -> list[Addressee]:
        """The addressees of a recommendation, by its public name."""
        return self._addressees.get(recommendation, [])

    def answers(
        self, row: Row, response: Response, joint_authors: Sequence[Fact], today: date
    ) -> list[tuple[Row, Answer]]:
        """What a response says to each addressee whom its author, a joint author or those spoken for are."""
        by = {response.author_id, *(body.pk for body in joint_authors), response.on_behalf_of_body_id}
        if response.on_behalf_of_group_id:
            on = response.answered_on.latest if response.answered_on else today
            by |= self._members_on(response.on_behalf_of_group_id, on)
        found = []
        for each in row.answers:
            for addressee in self.of(each.names["recommendation"]):
                if {addressee.body_id, addressee.duty_holder_id} & (by - {None}):
                    found.append((each, self._answer(each, response, addressee)))
        return found

    def _answer(self, row: Row, response: Response, addressee: Addressee) -> Answer:
        names = {key: name for key, name in row.names.items() if key != "recommendation"}
        linked = {key: self.on_record.get(row.keys[key].kind, name) for key, name in names.items()}
        return Answer(
            ref=f"{response.ref}/{addressee.ref}",
            response=response,
            addressee=addressee,
            **row.values,
            **linked,
        )

    def _members_on(self, group_id: int, on: date) -> set[int]:
        """The members of a group on a day."""
        if (group_id, on) not in self._members:
            found = Membership.objects.as_of(on).filter(group=group_id)
            self._members[group_id, on] = set(found.values_list("body", flat=True))
        return self._members[group_id, on]
