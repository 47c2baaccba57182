"""The preview counts who would be told of what is old."""

FILE = "tracker/alerts/fanout.py"
OLD = "      AND (NOT t.is_backfill OR s.channel IN ('daily', 'weekly'))\n"
NEW = ""
TEST = "tests/admin/test_recording.py::test_the_preview_says_which_words_change_and_who_is_told_and_saves_nothing"
