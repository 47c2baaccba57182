"""Lateness is counted from a deadline moved after the answer."""

FILE = "tracker/queries/lateness.py"
OLD = "days_late(answer_due(facts, first.earliest), first)"
NEW = "days_late(answer_due(facts, on), first)"
TEST = (
    "tests/api/test_addressees.py"
    "::test_lateness_is_counted_from_the_deadline_in_force_on_the_day_of_the_first_answer"
)
