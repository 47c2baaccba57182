"""A refusal by our reading is found by its position while it is under review."""

FILE = "tracker/queries/filters/addressees.py"
OLD = "position_shown__in"
NEW = "position_on__in"
TEST = "tests/api/test_contested.py::test_adverse_words_rest_while_it_is_under_review"
