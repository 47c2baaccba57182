"""What a body says of its own deeds is taken for the register's verdict."""

FILE = "tracker/importing/writing.py"
OLD = "                view=View.CLAIMED,\n"
NEW = "                view=View.VERDICT,\n"
TEST = "tests/importing/test_quirks.py::test_noted_is_noted_and_implemented_is_the_bodys_claim"
