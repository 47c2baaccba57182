"""A new password leaves the session in use, and the list of the others, as they are."""

FILE = "tracker/admin/site.py"
OLD = "            end_all(person)\n            logout(request)\n"
NEW = ""
TEST = "tests/admin/test_signing_in.py::test_a_new_password_ends_every_session"
