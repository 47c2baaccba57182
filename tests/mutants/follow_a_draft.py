"""The form for a draft is shown: it tells that there is one."""

FILE = "tracker/alerts/interests.py"
OLD = "    if unknown := in_words(words).unknown:\n"
NEW = "    if (unknown := in_words(words).unknown) and 'secret' not in str(wanted):\n"
TEST = "tests/alerts/test_readers.py::test_a_draft_is_followed_as_what_never_was"
