"""Silence is told of a body that has answered meanwhile."""

FILE = "tracker/alerts/truth.py"
OLD = '    if over:\n        return Verdict("it was answered since" if clock'
NEW = '    if over and not event.pk:\n        return Verdict("it was answered since" if clock'
TEST = "tests/alerts/test_what_is_no_longer_true.py::test_a_miss_that_was_answered_before_it_was_sent_is_not_sent"
