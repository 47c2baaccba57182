"""Who proposed a silence may agree to it too."""

FILE = "tracker/actions/_silent.py"
OLD = "        if silence.proposed_by_id == user.pk:\n"
NEW = "        if False:\n"
TEST = "tests/actions/test_entering.py::test_a_silence_needs_a_second_person_and_ten_working_days"
