"""A reply that says that there is none counts as one, if a profile names other words."""

FILE = "tracker/importing/silence.py"
OLD = "            and (says_no_reply(text) or bare(text) in self.added)\n"
NEW = "            and bare(text) in self.added\n"
TEST = "tests/importing/test_silence.py::test_no_silence_becomes_an_answer_whatever_a_profile_adds"
