"""What went wrong inside is told to whoever asked."""

FILE = "api/errors.py"
OLD = "        converted = super().convert_known_exceptions(exc)\n"
NEW = "        converted = exceptions.APIException(str(exc))\n"
TEST = "tests/api/test_problems.py::test_what_nobody_expected_is_500_and_tells_nothing_of_the_inside"
