"""A public line names a draft."""

FILE = "tracker/actions/_writing.py"
OLD = "    shown = public_among(targets)\n"
NEW = "    shown = targets\n"
TEST = "tests/actions/test_ledger.py::test_a_public_line_never_names_a_draft"
