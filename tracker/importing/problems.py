"""What is wrong with a file: where, and how to put it right. All of it, not only the first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

MOST_LISTED = 200


@dataclass(frozen=True)
class Problem:
    """One thing to put right. `path` is a place in the file: `recommendations[3].kind`."""

    file: str
    path: str
    fix: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.path, self.fix) if part)


class Refused(Exception):
    """Nothing of the files was written. The problems are all that were found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass
class Problems:
    """The problems found so far in one file. Past `MOST_LISTED` they are no longer kept: the file is nonsense."""

    file: str
    found: list[Problem] = field(default_factory=list)

    def add(self, path: str, fix: str) -> None:
        if len(self.found) < MOST_LISTED:
            self.found.append(Problem(self.file, path, fix))

    def add_refusal(self, path: str, error: ValidationError) -> None:
        """What an action refused, under the field it named."""
        by_field: Mapping[str, list[str]] = (
            error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        )
        for name, messages in by_field.items():
            for message in messages:
                self.add(f"{path}.{name}" if name and name != "__all__" else path, message)

    def refuse(self) -> None:
        """Raises Refused if there is anything to put right."""
        if self.found:
            raise Refused(self.found)


def shown(value: object) -> str:
    """A value as a message shows it: short, and printable whatever is in it."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
