"""What can be proposed: the members of each kind, their types and their bounds. An unknown member is refused.

A value of another JSON type is wrong too, not turned into text: 3 is no name.
"""

from collections.abc import Collection
from typing import Any

from rest_framework import serializers

from api.filters import LONGEST_REF, REF
from tracker.partners.proposals import SUBJECTS, Proposed, public_subject
from tracker.spans import EARLIEST_YEAR, LATEST_YEAR, parse_span
from tracker.vocabulary import Implementation, Noun, Position, ProposalKind, ResponseKind, View

WRITTEN = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
NOBODYS_BUT_OURS = View.VERDICT
OF_AN_ASK = (Noun.ADDRESSEE, Noun.RECOMMENDATION)


class Strict(serializers.Serializer):
    """An object with these members and no others."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        unknown = sorted({*data} - {*self.fields}) if isinstance(data, dict) else []
        if unknown:
            known = ", ".join(self.fields)
            raise serializers.ValidationError(
                {name[:100]: [f"There is no such member here. There are: {known}."] for name in unknown[:20]},
                code="unknown",
            )
        return super().to_internal_value(data)


class Text(serializers.CharField):
    """Text, and nothing that could be made into text."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Word(serializers.ChoiceField):
    """One of a closed list."""

    def __init__(self, choices: Collection[str], **options: Any) -> None:
        super().__init__([*choices], **options)
        self.error_messages["invalid_choice"] = f"Choose from: {', '.join(choices)}."

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str) or not data:
            self.fail("invalid_choice", input=str(data)[:100])
        return super().to_internal_value(data)


class Written(serializers.RegexField):
    """A date as sources give it: a day, a month or a year."""

    def __init__(self, **options: Any) -> None:
        super().__init__(WRITTEN, max_length=10, required=False, **options)
        words = f"Write it as 2021-12-03, 2021-12 or 2021, in the years {EARLIEST_YEAR} to {LATEST_YEAR}."
        self.error_messages = {
            **self.error_messages,
            **dict.fromkeys(("invalid", "max_length", "blank"), words),
        }

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        try:
            parse_span(data)
        except ValueError:
            self.fail("invalid")
        return super().to_internal_value(data)


class Address(serializers.URLField):
    """The address of a page."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str) or not data.startswith(("http://", "https://")):
            self.fail("invalid")
        return super().to_internal_value(data)


class SourceProposed(Strict):
    """Where it says so. Staff look there."""

    url = Address(max_length=1000)
    title = Text(max_length=500, help_text="What the page or document is called.")
    publisher = Text(max_length=300, required=False)
    dated_on = Written()


class AboutProposed(Strict):
    """What it is about, by its public `id`."""

    type = Word([noun for noun in Noun.values if noun in SUBJECTS])
    id = serializers.RegexField(rf"^{REF}\Z", max_length=LONGEST_REF)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if public_subject(attrs["type"], attrs["id"]) is None:
            raise serializers.ValidationError(
                {"id": "Nothing in the public register has this type and id."}, code="unknown"
            )
        return attrs


class _Proposed(Strict):
    types: tuple[Noun, ...] = ()

    about = AboutProposed()
    source = SourceProposed()
    comment = Text(max_length=2_000, required=False, help_text="For the register's staff.")

    def validate_about(self, about: dict[str, Any]) -> dict[str, Any]:
        if self.types and about["type"] not in self.types:
            raise serializers.ValidationError(
                f"Here it is about one of: {', '.join(self.types)}.", code="wrong_type"
            )
        return about


class ResponseProposed(_Proposed):
    """A body answered."""

    types = OF_AN_ASK

    kind = Word([ProposalKind.RESPONSE.value])
    summary = Text(max_length=5_000, help_text="What it says, in your words.")
    title = Text(max_length=500, required=False, help_text="What to call the document.")
    position = Word(Position.values, required=False, help_text="As you read it.")
    response_kind = Word(ResponseKind.values, required=False)
    quote = Text(max_length=500, required=False, help_text="A short quotation.")
    written_on = Written(help_text="The date on it.")


class ProgressProposed(_Proposed):
    """Something was delivered, or was not."""

    types = (Noun.ADDRESSEE,)

    kind = Word([ProposalKind.PROGRESS.value])
    summary = Text(max_length=5_000, help_text="What was done, or was not.")
    implementation = Word(Implementation.values)
    view = Word(
        [each for each in View.values if each != NOBODYS_BUT_OURS],
        required=False,
        help_text="Who sees it so: the body itself, somebody independent, or the people affected.",
    )
    assessed_on = Written(help_text="As of when.")


class CorrectionProposed(_Proposed):
    """The register says something that is wrong."""

    kind = Word([ProposalKind.CORRECTION.value])
    summary = Text(max_length=5_000, help_text="What is wrong.")
    field = Text(max_length=100, required=False, help_text="The field of this API that is wrong.")
    should_be = Text(max_length=5_000, required=False, help_text="What it should say.")


KINDS: dict[str, type[_Proposed]] = {
    ProposalKind.RESPONSE.value: ResponseProposed,
    ProposalKind.PROGRESS.value: ProgressProposed,
    ProposalKind.CORRECTION.value: CorrectionProposed,
}


class KindProposed(serializers.Serializer):
    """What every proposal says of itself first."""

    kind = Word(ProposalKind.values)


def read_proposal(body: Any) -> Proposed:
    """A proposal, checked. Raises ValidationError that names each member that is wrong."""
    first = KindProposed(data=body)
    first.is_valid(raise_exception=True)
    checked = KINDS[first.validated_data["kind"]](data=body)
    checked.is_valid(raise_exception=True)
    said = dict(checked.validated_data)
    kind, about = said.pop("kind"), said.pop("about")
    return Proposed(ProposalKind(kind), Noun(about["type"]), about["id"], said)
