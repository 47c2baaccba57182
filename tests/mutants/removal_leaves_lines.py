"""A removal leaves the text in the ledger."""

FILE = "tracker/actions/erasing.py"
OLD = "    _erase(events, public, f"
NEW = "    _erase(events[:1], public, f"
TEST = "tests/actions/test_removing.py::test_what_is_removed_is_left_nowhere_and_the_chain_still_verifies"
