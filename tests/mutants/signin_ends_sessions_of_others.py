"""Anybody of the staff ends the sessions of others."""

FILE = "tracker/admin/user.py"
OLD = '        must(request, "tracker.change_user")\n'
NEW = ""
TEST = "tests/admin/test_signing_in.py::test_sessions_of_others_are_for_administrators"
