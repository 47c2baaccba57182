"""Whoever knows the password and has an old session takes the second factor away."""

FILE = "tracker/signin/views.py"
OLD = "        if second_factor.has_one(request.user) and not second_factor.was_shown(request):\n"
NEW = "        if False:\n"
TEST = "tests/admin/test_signing_in.py::test_a_session_that_never_showed_the_factor_must_show_it"
