"""A removal leaves the text in the row, and in the search."""

FILE = "tracker/actions/erasing.py"
OLD = "    _blank(chosen, f"
NEW = "    _blank([], f"
TEST = "tests/actions/test_removing.py::test_what_is_removed_is_left_nowhere_and_the_chain_still_verifies"
