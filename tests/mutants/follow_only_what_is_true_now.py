"""A filter that was true before the change is not heard."""

FILE = "tracker/alerts/fanout.py"
OLD = "        found.append(frozenset(held))\n"
NEW = ""
TEST = "tests/alerts/test_interests.py::test_a_filter_is_heard_when_it_was_true_before_the_change"
