"""The link of a second person works again after it was used."""

FILE = "tracker/queries/seconding.py"
OLD = "used_at=None, expires_at__gt=at"
NEW = "expires_at__gt=at"
TEST = "tests/admin/test_silence_walk.py::test_a_trustee_agrees_by_the_link_once"
