"""A confirmed silence stands beside a check that found an answer."""

FILE = "tracker/actions/_clocks.py"
OLD = "        or record.found_since(silence.found_by.checked_on)\n"
NEW = ""
TEST = "tests/actions/test_what_stands.py::test_a_confirmed_silence_is_taken_back_by_a_check_that_found_an_answer"
