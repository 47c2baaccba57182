"""The head and the data of an answer are read at two moments."""

FILE = "tracker/queries/head.py"
OLD = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"
NEW = "BEGIN READ ONLY"
TEST = "tests/api/test_conditional.py::test_an_answer_is_never_newer_than_its_tag_says"
