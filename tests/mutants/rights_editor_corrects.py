"""An editor corrects what is published."""

FILE = "tracker/rights.py"
OLD = '    return Right.PUBLISH if verb == "change" and published else Right.DRAFT'
NEW = "    return Right.DRAFT"
TEST = "tests/rights/test_matrix.py::test_every_line_holds"
