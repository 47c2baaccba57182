"""A fact whose row somebody removed behind the triggers' back is not missed."""

FILE = "tracker/ledger/check.py"
OLD = "WHERE t.id IS NULL OR t.ref <> told.ref\n"
NEW = "WHERE t.ref <> told.ref\n"
TEST = "tests/actions/test_ledger.py::test_every_tampering_is_found[a row gone]"
