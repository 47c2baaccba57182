"""A cursor with a letter changed is taken."""

FILE = "tracker/queries/changes.py"
OLD = "        if str(cursor) != text:"
NEW = "        if not text:"
TEST = "tests/api/test_changes.py::test_a_cursor_that_was_never_given_is_refused"
