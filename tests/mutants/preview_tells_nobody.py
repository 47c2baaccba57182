"""The preview takes its lines for a loader's, which are no news to anybody."""

FILE = "tracker/admin/preview.py"
OLD = "Line(*row)._replace(role=Role.STAFF)"
NEW = "Line(*row)"
TEST = (
    "tests/admin/test_recording.py"
    "::test_the_preview_says_which_words_change_and_who_is_told_and_saves_nothing"
)
