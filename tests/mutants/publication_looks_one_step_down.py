"""What stands on something that stands on a fact is neither shown nor hidden with it."""

FILE = "tracker/queries/by_id.py"
OLD = "        for model, new in fresh.items():\n            found[model] |= new\n"
NEW = "        for model, new in fresh.items():\n            found[model] |= new\n        break\n"
TEST = "tests/actions/test_ledger.py::test_publishing_reveals_what_waited_below_and_withdrawing_leaves_tombstones"
