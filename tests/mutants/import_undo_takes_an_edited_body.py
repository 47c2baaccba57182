"""A body that an import entered is withdrawn with it, although staff have edited it since."""

FILE = "tracker/importing/undoing.py"
OLD = "                AND (t.made OR t.subject_type <> ALL(%s))\n"
NEW = "                AND (t.subject_type <> ALL(%s))\n"
TEST = "tests/importing/test_undo.py::test_a_new_body_that_was_edited_since_is_not_withdrawn"
