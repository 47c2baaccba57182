"""A form that saves and publishes asks nobody whether they may publish."""

FILE = "tracker/admin/gate.py"
OLD = "    if asked:\n        must(request, PUBLISH)\n"
NEW = ""
TEST = "tests/rights/test_matrix.py::test_every_line_holds"
