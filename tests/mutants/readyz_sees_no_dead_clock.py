"""The sweeps stop and nobody sees it."""

FILE = "tracker/web/health.py"
OLD = '"ok": starting or (age is not None and age <= SWEEP_LIMIT),'
NEW = '"ok": starting or age is not None,'
TEST = "tests/web/test_health.py::test_not_ready_when_the_sweeps_have_stopped"
