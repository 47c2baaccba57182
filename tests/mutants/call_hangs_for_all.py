"""An endpoint that hangs keeps its thread for the whole batch."""

FILE = "tracker/alerts/calls.py"
OLD = "        refused = _refused(call, None, str(error), at, stops=True)\n"
NEW = "        refused = _refused(call, None, str(error), at)\n"
TEST = "tests/alerts/test_calls.py::test_one_that_hangs_delays_no_other"
