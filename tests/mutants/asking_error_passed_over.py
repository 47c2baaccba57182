"""A question that failed is taken for one that found nothing."""

FILE = "tracker/queries/asking.py"
OLD = "        if self.wrong is not None:\n            wrong = error_from_result"
NEW = "        if False:\n            wrong = error_from_result"
TEST = "tests/api/test_asking.py::test_the_first_error_is_raised_and_nobody_gets_anothers_answer"
