"""The body is written anew for each attempt."""

FILE = "tracker/alerts/call_rows.py"
OLD = (
    "    fixed = _fix_bodies([row for row in told if row.body is None])\n"
    '    calls = [Call(row.pk, row.message_id, row.body or fixed.get(row.pk, b""), row.attempts) for row in told]\n'
)
NEW = (
    "    fixed = _fix_bodies(told)\n"
    '    calls = [Call(row.pk, row.message_id, fixed.get(row.pk, b""), row.attempts) for row in told]\n'
)
TEST = "tests/alerts/test_calls.py::test_a_retry_has_the_same_bytes_after_a_restore_too"
