"""A miss stands although an answer given in time has turned up."""

FILE = "tracker/actions/_clocks.py"
OLD = "    _retract_misses(records, public, writing)\n"
NEW = ""
TEST = "tests/actions/test_answering.py::test_a_miss_is_retracted_when_an_answer_given_in_time_turns_up"
