"""A transaction ends in the middle of a report."""

FILE = "tracker/importing/applying.py"
OLD = "                if not following or following[0].report_key != last:\n"
NEW = "                if following is not None:\n"
TEST = "tests/faults/test_import_kills.py::test_kills_while_an_import_is_applied_leave_each_report_whole_or_absent"
