"""Bodies are late by a rule that was withdrawn."""

FILE = "tracker/actions/publishing.py"
OLD = "    rules_follow(times, reason, writing)\n"
NEW = ""
TEST = "tests/actions/test_what_stands.py::test_a_deadline_goes_with_a_rule_that_was_withdrawn"
