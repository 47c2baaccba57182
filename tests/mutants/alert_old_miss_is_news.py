"""A miss of years ago is news."""

FILE = "tracker/alerts/news.py"
OLD = "line.occurred_on < recorded - timedelta(days=NEWS_DAYS)"
NEW = "line.occurred_on > recorded"
TEST = "tests/alerts/test_who_is_told.py::test_a_miss_of_years_ago_found_when_a_report_is_entered_is_no_news"
