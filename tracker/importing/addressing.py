"""Whom recommendations are put to, and whom responses answer: what follows from the rows of a file."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from tracker.importing.on_record import OnRecord
from tracker.importing.rows import Row
from tracker.models import Addressee, Answer, Body, Fact, Group, Membership, Recommendation, Response
from tracker.models.base import span_of


class Addressing:
    """The addressees of the recommendations that a file names."""

    def __init__(self, on_record: OnRecord) -> None:
        self.on_record = on_record
        self._members: dict[tuple[int, date], set[int]] = {}
        self._addressees: dict[int, list[Addressee]] = {}

    def put_to(self, row: Row) -> tuple[list[Body], list[Group]]:
        """The bodies and groups that a row about a recommendation addresses."""
        return (
            [self.on_record.get(Body, ref) for ref in row.sets.get("addressed_to", [])],  # type: ignore[misc]
            [self.on_record.get(Group, ref) for ref in row.sets.get("addressed_to_groups", [])],  # type: ignore[misc]
        )

    def lacks(self, row: Row) -> bool:
        """Is somebody addressed by a row whose addressee is not on record?"""
        recommendation = self.on_record.get(Recommendation, row.ref)
        assert isinstance(recommendation, Recommendation)
        bodies, groups = self.put_to(row)
        wanted = {body.pk for body in bodies}
        asked = span_of(recommendation.report, "dated") or span_of(recommendation, "asked")
        for group in groups:
            wanted |= self._members_on(group.pk, asked.latest) if asked else {0}
        return bool(wanted - {each.body_id for each in self._addressees.get(recommendation.pk, [])})

    def read(self, recommendations: Iterable[Fact]) -> None:
        """Read the addressees on record of recommendations; again after some were added."""
        found: dict[int, list[Addressee]] = defaultdict(list)
        for addressee in (
            Addressee.objects.filter(recommendation__in=[each.pk for each in recommendations])
            .select_related("recommendation", "body")
            .order_by("body__name", "pk")
        ):
            found[addressee.recommendation_id].append(addressee)
            self.on_record.put(addressee)
        self._addressees = found

    def of(self, recommendation: Fact) -> list[Addressee]:
        return self._addressees.get(recommendation.pk, [])

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
            recommendation = self.on_record.get(Recommendation, each.names["recommendation"])
            assert recommendation is not None
            for addressee in self.of(recommendation):
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
