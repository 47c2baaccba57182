"""The form for a draft is shown: it tells that there is one."""

FILE = "tracker/web/follow.py"
OLD = "    if followed.unknown:\n        raise Http404\n"
NEW = "    if followed.unknown and 'secret' not in str(wanted):\n        raise Http404\n"
TEST = "tests/alerts/test_readers.py::test_a_draft_is_followed_as_what_never_was"
