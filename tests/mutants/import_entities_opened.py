"""A spreadsheet with external entities is opened."""

FILE = "tracker/importing/bounds.py"
OLD = "            if any(word in seen for word in _FOREIGN):\n"
NEW = "            if any(word == seen for word in _FOREIGN):\n"
TEST = "tests/importing/test_reading_files.py::test_it_is_refused_at_once_and_in_words"
