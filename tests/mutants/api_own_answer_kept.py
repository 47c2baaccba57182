"""What somebody with a key is answered is kept for everybody."""

FILE = "api/conditional.py"
OLD = '    return "HTTP_AUTHORIZATION" in request.META\n'
NEW = '    return "HTTP_AUTHORIZATION" in {}\n'
TEST = "tests/api/test_kept_answers.py::test_whoever_says_who_they_are_is_answered_for_themselves"
