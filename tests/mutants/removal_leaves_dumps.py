"""A removal leaves the dumps that hold the text."""

FILE = "tracker/removing.py"
OLD = "        gone = remove_with(removed.first_public)"
NEW = "        gone = 0"
TEST = "tests/actions/test_removing.py::test_what_is_removed_is_left_nowhere_and_the_chain_still_verifies"
