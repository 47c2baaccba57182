"""Who of those addressed replied, by what a row says: never more than it says."""

from collections.abc import Mapping, Sequence
from typing import Any

from tracker.importing.profiles import Profile
from tracker.importing.saying import RowProblem
from tracker.vocabulary import ImportColumn


def who_replied(
    said: Mapping[str, Any], addressed: Sequence[int], repliers: Sequence[int], profile: Profile
) -> tuple[list[int], RowProblem | None]:
    """Those whose reply a row tells of, or why that cannot be told. Bodies are given by their ids."""
    reply = said["reply"]
    if not reply["position"]:
        return [], None
    count = reply["count"]
    if count is not None and count > len(addressed):
        return [], _problem(
            profile,
            ImportColumn.REPLY_COUNT,
            str(count),
            f"there are more replies ({count}) than addressees ({len(addressed)})",
            "Correct the count, or name all who were addressed.",
        )
    if reply["by"]:
        return _named(reply, count, addressed, repliers, profile)
    if count == 0:
        return [], _problem(
            profile,
            ImportColumn.REPLY_COUNT,
            "0",
            "no reply is counted, and yet the row tells of one",
            "Correct the count, or empty the reply.",
        )
    if len(addressed) == 1 or count == len(addressed) or (count is None and profile.replies_by_all):
        return [*addressed], None
    column = ImportColumn.REPLY_COUNT if count is not None else ImportColumn.REPLY
    value = str(count) if count is not None else reply["text"][:200] or reply["status"]
    return [], _problem(
        profile,
        column,
        value,
        f"{len(addressed)} are addressed, and the row does not say which of them replied",
        "Name who replied in a column of its own, or give each a row.",
    )


def _named(
    reply: Mapping[str, Any],
    count: int | None,
    addressed: Sequence[int],
    repliers: Sequence[int],
    profile: Profile,
) -> tuple[list[int], RowProblem | None]:
    """The row names who replied."""
    others = [body for body in repliers if body not in addressed]
    if others or not repliers:
        return [], _problem(
            profile,
            ImportColumn.REPLIED_BY,
            reply["by"],
            "somebody replied who was not addressed",
            "Correct the name, or record what they said as a development.",
        )
    if count is not None and count != len(repliers):
        return [], _problem(
            profile,
            ImportColumn.REPLY_COUNT,
            str(count),
            f"{count} replies are counted, and {len(repliers)} named",
            "Correct the count or the names.",
        )
    return [*repliers], None


def _problem(profile: Profile, column: ImportColumn, value: str, reason: str, fix: str) -> RowProblem:
    return RowProblem(profile.columns.get(column, column.value), value, reason, fix)
