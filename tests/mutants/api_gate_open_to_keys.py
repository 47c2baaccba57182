"""Whoever sends a key is served at the gate, as anybody."""

FILE = "api/gate.py"
OLD = "    if not _may_be_kept(request) or is_personal(request) or not _takes_json(request):\n"
NEW = "    if not _may_be_kept(request) or not _takes_json(request):\n"
TEST = "tests/api/test_kept_answers.py::test_whoever_says_who_they_are_is_answered_for_themselves"
