"""A corrected first day stands beside the sentence of the old one."""

FILE = "tracker/actions/correcting.py"
OLD = "            basis_follows(each.fact, each.values)\n"
NEW = "            pass\n"
TEST = "tests/actions/test_what_stands.py::test_another_first_day_has_another_basis"
