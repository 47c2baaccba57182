"""A confirmed silence stands although an earlier answer turned up."""

FILE = "tracker/actions/_clocks.py"
OLD = "    _retract_silences(records, writing)\n"
NEW = ""
TEST = "tests/rules/test_statuses.py::test_a_silence_is_retracted_when_an_earlier_answer_turns_up"
