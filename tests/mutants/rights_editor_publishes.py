"""An editor may do what publishers may."""

FILE = "tracker/rights.py"
OLD = "    if permission in PUBLISHING:\n        return Right.PUBLISH\n"
NEW = "    if permission in PUBLISHING:\n        return Right.DRAFT\n"
TEST = "tests/admin/test_rights.py::test_an_editor_saves_drafts_and_publishes_nothing"
