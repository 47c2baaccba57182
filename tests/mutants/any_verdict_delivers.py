"""A verdict that nothing was begun counts as delivery: the miss is not recorded."""

FILE = "tracker/statuses.py"
OLD = "    return any(said is not None and said.implementation in DELIVERED for said in latest)"
NEW = "    return any(said is not None for said in latest)"
TEST = "tests/actions/test_entering.py::test_a_verdict_that_it_is_not_done_closes_nothing"
