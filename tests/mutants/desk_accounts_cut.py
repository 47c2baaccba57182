"""What is ticked in a list is cut to what one act takes, and nobody is told of the rest."""

FILE = "tracker/admin/acts.py"
OLD = "        facts = list(queryset[: MOST + 1])"
NEW = "        facts = list(queryset[:MOST])"
TEST = "tests/admin/test_chasing.py::test_more_accounts_than_one_act_may_touch_are_refused_and_not_cut"
