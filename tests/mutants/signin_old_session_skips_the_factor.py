"""A session that is older than the second factor need not show it."""

FILE = "tracker/signin/second_factor.py"
OLD = '    if has_one(user):\n        return reverse("mfa_reauthenticate")\n'
NEW = '    if has_one(user):\n        return ""\n'
TEST = "tests/admin/test_signing_in.py::test_a_session_that_never_showed_the_factor_must_show_it"
