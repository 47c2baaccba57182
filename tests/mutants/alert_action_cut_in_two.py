"""One letter becomes two mails where a batch ends."""

FILE = "tracker/alerts/fanout.py"
OLD = "    return beyond.number - 1 if beyond else"
NEW = "    return last.number if beyond or last else"
TEST = "tests/alerts/test_who_is_told.py::test_a_batch_never_cuts_an_action_in_two"
