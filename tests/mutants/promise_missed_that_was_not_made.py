"""A promise stays missed that was never made."""

FILE = "tracker/actions/_clocks.py"
OLD = "            or not record.is_promised(promised)\n"
NEW = ""
TEST = "tests/actions/test_what_stands.py::test_a_promise_that_was_never_made_was_not_missed"
