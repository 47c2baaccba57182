"""Of the few that may fit, all are told, whether anybody may see them or not."""

FILE = "tracker/queries/keysets.py"
OLD = '            f" WHERE EXISTS ({one} OFFSET 0)'
NEW = '            f" WHERE true OR EXISTS ({one} OFFSET 0)'
TEST = "tests/api/test_search.py::test_where_few_may_fit_the_pages_are_those_of_all"
