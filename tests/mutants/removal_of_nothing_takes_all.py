"""A removal for which nothing was chosen erases the content of every line."""

FILE = "tracker/actions/erasing.py"
OLD = "    if not facts:\n"
NEW = "    if facts is None:\n"
TEST = "tests/actions/test_removing.py::test_a_removal_of_nothing_leaves_every_line"
