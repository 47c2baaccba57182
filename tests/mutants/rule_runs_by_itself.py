"""A rule whose counting or start nobody read makes bodies late."""

FILE = "tracker/deadlines.py"
OLD = "    confirmed = limit.automatic and on is not None\n"
NEW = "    confirmed = on is not None\n"
TEST = "tests/rules/test_deadline_rules.py::test_only_the_three_rules_whose_text_and_start_were_read_run_by_themselves"
