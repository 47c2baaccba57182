"""An endpoint that fails makes the register late."""

FILE = "tracker/queries/deliveries.py"
OLD = "p.disabled_at IS NULL AND p.failing_since IS NULL AND (p.rests"
NEW = "p.disabled_at IS NULL AND (p.rests"
TEST = "tests/web/test_metrics.py::test_an_endpoint_that_fails_or_rests_makes_nobody_late[it fails]"
