"""A filter fits where one of its conditions holds."""

FILE = "tracker/queries/terms.py"
OLD = "HAVING count(DISTINCT hit.field) = i.fields"
NEW = "HAVING count(DISTINCT hit.field) > 0"
TEST = "tests/alerts/test_interests.py::test_every_filter_of_the_table_is_followed_by_the_statement_as_by_the_list"
