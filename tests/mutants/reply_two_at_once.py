"""Of two replies by one link at once, both are taken."""

FILE = "tracker/actions/replies.py"
OLD = "filter(pk=link.pk, used_at=None, expires_at__gt=at)"
NEW = "filter(pk=link.pk, expires_at__gt=at)"
TEST = "tests/web/test_replies.py::test_of_two_replies_at_once_one_finds_the_link_used"
