"""A source is looked at past the guard."""

FILE = "tracker/egress/client.py"
OLD = "        check_address(where[0], settings.EGRESS_ALLOW)\n"
NEW = "        where[0]\n"
TEST = "tests/watching/test_looking.py::test_a_source_inside_is_never_dialled"
