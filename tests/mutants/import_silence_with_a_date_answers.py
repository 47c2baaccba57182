"""A cell that says that there is no reply counts as one that was found, where a date stands beside it."""

FILE = "tracker/importing/saying.py"
OLD = "        if located and silent and not"
NEW = "        if located and False and not"
TEST = (
    "tests/importing/test_quirks.py"
    "::test_a_reply_that_says_there_is_none_beside_one_that_was_found_is_a_conflict_and_no_answer"
)
