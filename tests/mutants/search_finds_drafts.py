"""A search finds an addressee by what a draft says of it."""

FILE = "tracker/queries/search.py"
OLD = "        return Answer.objects.public(given=given).filter("
NEW = "        return Answer.objects.filter("
TEST = "tests/api/test_search.py::test_drafts_are_not_found_and_move_nothing"
