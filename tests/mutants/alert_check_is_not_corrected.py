"""Outsiders who heard of a miss by its check are not told that it was none."""

FILE = "tracker/alerts/news.py"
OLD = "    retracted = [line for line in corrections if line.kind in _CHECKED]"
NEW = "    retracted: list[Line] = []"
TEST = "tests/alerts/test_readers.py::test_whoever_was_told_of_a_silence_that_was_none_gets_the_correction"
