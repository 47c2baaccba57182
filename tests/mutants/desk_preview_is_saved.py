"""What a preview shows stays saved."""

FILE = "tracker/admin/preview.py"
OLD = "            raise _Undone\n"
NEW = "            pass\n"
TEST = "tests/admin/test_recording.py::test_the_preview_says_which_words_change_and_who_is_told_and_saves_nothing"
