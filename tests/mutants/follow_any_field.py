"""A filter fits where one of its conditions holds."""

FILE = "tracker/queries/terms.py"
OLD = "JOIN tracker_interest i ON i.id = f.interest AND i.fields = f.fields\n"
NEW = "JOIN tracker_interest i ON i.id = f.interest AND f.fields > 0\n"
TEST = "tests/alerts/test_interests.py::test_every_filter_of_the_table_is_followed_by_the_statement_as_by_the_list"
