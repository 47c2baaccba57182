"""Each attempt has a webhook-id of its own."""

FILE = "tracker/alerts/calls.py"
OLD = "        **signed_headers(endpoint, call.message_id, call.body, at),\n"
NEW = '        **signed_headers(endpoint, f"{call.message_id}{call.attempts}", call.body, at),\n'
TEST = "tests/alerts/test_calls.py::test_each_retry_is_the_same_call"
