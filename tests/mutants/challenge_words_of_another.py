"""Words typed once for several challenges stand as said by each who contests."""

FILE = "tracker/actions/challenges.py"
OLD = "    if words and len(received) > 1:"
NEW = "    if words and not received:"
TEST = "tests/admin/test_challenges.py::test_words_typed_once_are_not_put_into_the_mouths_of_several"
