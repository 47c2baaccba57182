"""A withdrawn rule still sets the day of new asks."""

FILE = "tracker/queries/deadlines.py"
OLD = "return regime if regime and regime.withdrawn_at is None else None"
NEW = "return regime"
TEST = "tests/actions/test_what_stands.py::test_a_deadline_goes_with_a_rule_that_was_withdrawn"
