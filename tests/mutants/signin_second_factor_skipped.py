"""The desk opens to whoever knows the password alone."""

FILE = "tracker/signin/second_factor.py"
OLD = '    return reverse("mfa_activate_totp") if settings.SECOND_FACTOR_REQUIRED else ""'
NEW = '    return ""'
TEST = "tests/admin/test_signing_in.py::test_staff_without_a_second_factor_set_one_up_before_anything_else"
