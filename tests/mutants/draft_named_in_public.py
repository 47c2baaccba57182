"""A public line names a draft."""

FILE = "tracker/actions/_writing.py"
OLD = "    hidden = set()\n    for model, ids"
NEW = "    hidden = set()\n    targets = {}\n    for model, ids"
TEST = "tests/actions/test_ledger.py::test_a_public_line_never_names_a_draft"
