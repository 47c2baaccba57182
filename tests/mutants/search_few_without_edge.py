"""Where few may fit, each page is the first one again."""

FILE = "tracker/queries/keysets.py"
OLD = "(few.rows if few else rows).filter(beyond or Q())"
NEW = "(few.rows if few else rows.filter(beyond or Q()))"
TEST = "tests/api/test_search.py::test_where_few_may_fit_the_pages_are_those_of_all"
