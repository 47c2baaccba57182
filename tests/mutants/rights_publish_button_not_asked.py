"""A form that saves and publishes asks nobody whether they may publish."""

FILE = "tracker/admin/gate.py"
OLD = "    if asked:\n        must(request, PUBLISH)\n"
NEW = ""
TEST = "tests/admin/test_rights.py::test_an_editor_saves_drafts_and_publishes_nothing"
