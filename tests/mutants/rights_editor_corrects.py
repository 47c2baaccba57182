"""An editor corrects what is published."""

FILE = "tracker/rights.py"
OLD = '    return Right.PUBLISH if verb == "change" and published else Right.DRAFT'
NEW = "    return Right.DRAFT"
TEST = "tests/admin/test_rights.py::test_an_editor_corrects_no_public_fact_and_merges_no_body"
