"""A spreadsheet with external entities is opened."""

FILE = "tracker/importing/bounds.py"
OLD = "        if is_xml and any(word in before + piece[:16] or word in piece for word in _FOREIGN):\n"
NEW = "        if is_xml and any(word == piece for word in _FOREIGN):\n"
TEST = "tests/importing/test_reading_files.py::test_it_is_refused_at_once_and_in_words"
