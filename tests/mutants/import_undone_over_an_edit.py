"""An import is undone although somebody has edited since."""

FILE = "tracker/importing/undoing.py"
OLD = "    if names:\n"
NEW = "    if len(names) > 1_000:\n"
TEST = "tests/importing/test_undo.py::test_it_is_refused_by_name_where_somebody_edited_since"
