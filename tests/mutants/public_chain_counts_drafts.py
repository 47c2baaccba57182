"""The public chain moves when a draft is entered."""

FILE = "tracker/actions/_writing.py"
OLD = "                occurred_on=on or happened_on(entry.fact),\n                is_public=False,"
NEW = "                occurred_on=on or happened_on(entry.fact),\n                is_public=True,"
TEST = "tests/actions/test_ledger.py::test_the_public_chain_tells_nothing_of_a_draft"
