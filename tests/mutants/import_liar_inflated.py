"""A zip is believed what it says of its size."""

FILE = "tracker/importing/bounds.py"
OLD = "        if inflated > entry.file_size:\n"
NEW = "        if entry.file_size > MOST_INFLATED:\n"
TEST = "tests/importing/test_reading_files.py::test_it_is_refused_at_once_and_in_words"
