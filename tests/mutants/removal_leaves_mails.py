"""A removal leaves the text in the mails that were sent."""

FILE = "tracker/removing.py"
OLD = "    forget_words(removed.events)\n"
NEW = ""
TEST = "tests/actions/test_removing.py::test_what_is_removed_is_left_nowhere_and_the_chain_still_verifies"
