"""A silence is confirmed on a check that was withdrawn."""

FILE = "tracker/actions/_silent.py"
OLD = "    _check_holds(silences, today)\n"
NEW = ""
TEST = "tests/actions/test_what_stands.py::test_no_silence_is_confirmed_on_a_check_that_was_withdrawn"
