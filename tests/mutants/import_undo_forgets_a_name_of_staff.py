"""To undo an import gives a body the other names of before it: those that staff entered since are gone."""

FILE = "tracker/importing/undoing.py"
OLD = "        back = _without if model in SHARED else _before\n"
NEW = "        back = _before\n"
TEST = "tests/importing/test_undo.py::test_only_the_name_that_was_remembered_is_forgotten"
