"""The answer that was kept for an address is given whatever has changed since."""

FILE = "api/conditional.py"
OLD = "    return kept.again() if kept is not None and kept.tag == tag else None\n"
NEW = "    return kept.again() if kept is not None else None\n"
TEST = "tests/api/test_kept_answers.py::test_what_changes_is_told_at_once"
