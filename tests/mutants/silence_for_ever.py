"""A silence needs no new check."""

FILE = "tracker/statuses.py"
OLD = "    looked = [checked for checked in facts.nothing_found_on if on - RECHECK_AFTER <= checked <= on]\n"
NEW = "    looked = [checked for checked in facts.nothing_found_on if checked <= on]\n"
TEST = "tests/rules/test_statuses.py::test_a_confirmed_silence_stands_from_its_check_and_needs_a_new_one"
