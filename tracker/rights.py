"""Who may do what at the desk: the one place that says it. Every page asks `User.has_perm`, which asks here.

Pages name what they need as Django does (`tracker.change_report`), so that Django's own pages ask the same question.
docs/rights.md is what follows from it, page by page; a test asks every page and compares.
"""

from tracker.vocabulary import Right, StaffRole

# Each role may do all that the one before it may, and one thing more.
_IN_ORDER = (
    (StaffRole.VIEWER, Right.READ),
    (StaffRole.EDITOR, Right.DRAFT),
    (StaffRole.PUBLISHER, Right.PUBLISH),
    (StaffRole.ADMINISTRATOR, Right.ADMINISTER),
)
RIGHTS = {
    role: frozenset(right for _, right in _IN_ORDER[: place + 1]) for place, (role, _) in enumerate(_IN_ORDER)
}

# What only administrators keep: it opens the register to people and to programs.
KEPT_BY_ADMINISTRATORS = frozenset({"user", "partner", "key", "endpoint", "address"})
# What makes, changes or hides what the public sees, whatever it is done to.
PUBLISH = "tracker.publish"
# What cannot be undone: the law demands that something be erased for good.
REMOVE = "tracker.remove_content"
# Applying an import and undoing it publish, correct and withdraw; uploading one and reading its plan do not.
PUBLISHING = frozenset({PUBLISH, "tracker.change_import"})


def may(role: str, right: Right) -> bool:
    """Whether somebody of this role has a right."""
    return bool(role) and right in RIGHTS[StaffRole(role)]


def right_behind(permission: str, *, published: bool = False) -> Right:
    """The right that a permission asks for. `published`: it is about something that is published."""
    verb, _, noun = permission.rpartition(".")[2].partition("_")
    if permission in PUBLISHING:
        return Right.PUBLISH
    if permission == REMOVE:
        return Right.ADMINISTER
    if verb == "view":
        return Right.READ
    if verb == "delete":
        return Right.NOTHING
    if noun in KEPT_BY_ADMINISTRATORS:
        return Right.ADMINISTER
    return Right.PUBLISH if verb == "change" and published else Right.DRAFT


def who_may(right: Right) -> str:
    """Whoever has a right, in words: “publishers and administrators”."""
    names = [f"{role.value}s" for role in StaffRole if may(role, right)]
    if len(names) < 2:
        return names[0] if names else "nobody"
    return f"{', '.join(names[:-1])} and {names[-1]}"
