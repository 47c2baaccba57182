"""The body is written anew for each attempt."""

FILE = "tracker/alerts/call_rows.py"
OLD = """    bodies = _bodies([row for row in told if row.body is None])
    calls: dict[int, list[Call]] = defaultdict(list)
    for row in told:
        if body := row.body or bodies.get(row.pk):
"""
NEW = """    bodies = _bodies(told)
    calls: dict[int, list[Call]] = defaultdict(list)
    for row in told:
        if body := bodies.get(row.pk):
"""
TEST = "tests/alerts/test_calls.py::test_a_retry_has_the_same_bytes_after_a_restore_too"
