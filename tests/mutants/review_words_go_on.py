"""A list calls a body silent while it is under review."""

FILE = "tracker/queries/statuses.py"
OLD = "        When(rests, then=Value(Status.UNDER_REVIEW.value)),\n"
NEW = ""
TEST = "tests/api/test_contested.py::test_adverse_words_rest_while_it_is_under_review"
