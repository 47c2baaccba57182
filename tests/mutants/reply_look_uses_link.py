"""A look at the page of a body's link uses it up."""

FILE = "tracker/web/replies.py"
OLD = "    about = shown_behind(link)\n"
NEW = "    about = shown_behind(link)\n    link.used_at = at\n    link.save()\n"
TEST = "tests/web/test_replies.py::test_a_body_replies_once_and_a_look_uses_nothing_up"
