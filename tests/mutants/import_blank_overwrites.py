"""A blank cell overwrites what is on record."""

FILE = "tracker/importing/comparing.py"
OLD = '        if old == new or not new or (key == "position" and _is_less(old, new)):\n'
NEW = '        if old == new or (key == "position" and _is_less(old, new)):\n'
TEST = "tests/importing/test_quirks.py::test_a_blank_never_overwrites_a_value"
