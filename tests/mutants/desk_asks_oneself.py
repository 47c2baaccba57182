"""Somebody may send the link of the second person to themselves."""

FILE = "tracker/actions/seconding.py"
OLD = "if by.user is None or person.pk == by.user.pk:"
NEW = "if by.user is None:"
TEST = "tests/admin/test_silence_walk.py::test_nobody_is_asked_to_agree_with_themselves"
