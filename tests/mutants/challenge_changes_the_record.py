"""A challenge that is shown ends the status of the record."""

FILE = "tracker/queries/challenges.py"
OLD = "    standing = {row.by_whom for row in rows if row.outcome not in NO_LONGER_CONTESTED}"
NEW = "    standing = {row.by_whom for row in rows if row.outcome in NO_LONGER_CONTESTED}"
TEST = "tests/api/test_contested.py::test_what_is_upheld_is_told_and_contests_no_more"
