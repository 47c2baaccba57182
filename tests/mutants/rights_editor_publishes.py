"""An editor may do what publishers may."""

FILE = "tracker/rights.py"
OLD = "    if permission in PUBLISHING:\n        return Right.PUBLISH\n"
NEW = "    if permission in PUBLISHING:\n        return Right.DRAFT\n"
TEST = "tests/rights/test_matrix.py::test_every_line_holds"
