"""A form of another site is taken."""

FILE = "tracker/web/replies.py"
OLD = "        return urlsplit(origin).netloc != request.get_host()"
NEW = "        return False"
TEST = "tests/web/test_replies.py::test_a_form_of_another_site_is_refused"
