"""A person confirms, in the name of a rule, an earlier day than it gives."""

FILE = "tracker/actions/deadlines.py"
OLD = "        if on is not None and on < suggested.on:"
NEW = "        if False:"
TEST = "tests/actions/test_entering.py::test_less_than_the_rule_gives_is_not_confirmed"
