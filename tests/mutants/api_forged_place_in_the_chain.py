"""A cursor that does not fit the chain is taken."""

FILE = "tracker/queries/changes.py"
OLD = "    raise NoSuchCursor if cursor.epoch == epoch else CursorGone\n"
NEW = ""
TEST = "tests/api/test_changes.py::test_a_cursor_made_by_the_rules_but_not_by_the_chain_is_refused"
