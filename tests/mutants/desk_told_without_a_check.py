"""A body is told that its silence will be confirmed though nobody looked."""

FILE = "tracker/admin/addressee.py"
OLD = "    if missing:\n"
NEW = "    if False:\n"
TEST = "tests/admin/test_silence_walk.py::test_without_a_published_check_no_body_is_told"
