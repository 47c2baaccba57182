"""A verdict that rests is still found by a filter."""

FILE = "tracker/queries/outcomes.py"
OLD = '    return Q(**{f"{of}__in": others}) | Q(**{f"{of}__in": resting}, under_review_since=None)\n'
NEW = '    return Q(**{f"{of}__in": [*others, *resting]})\n'
TEST = "tests/api/test_contested.py::test_a_verdict_that_rests_is_counted_and_filtered_by_nobody"
