"""A draft moves a deadline."""

FILE = "tracker/queries/statuses.py"
OLD = '        Extension.objects.public(given=("addressee",))\n'
NEW = "        Extension.objects\n"
TEST = "tests/rules/test_statuses.py::test_a_draft_extension_moves_nothing"
