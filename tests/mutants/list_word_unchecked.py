"""The quick check of a long list takes any word for one of a closed set."""

FILE = "tracker/actions/_storable.py"
OLD = "            return value in words\n"
NEW = "            return bool(words)\n"
TEST = "tests/actions/test_lists.py::test_one_wrong_row_refuses_a_long_list_whole_and_in_words"
