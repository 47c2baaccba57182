"""A redirect is followed."""

FILE = "tracker/alerts/calls.py"
OLD = "    if 200 <= answer.status < 300:\n"
NEW = """    if answer.status == 307:
        answer = client.call("POST", answer.headers["location"], headers=headers, body=call.body)
    if 200 <= answer.status < 300:
"""
TEST = "tests/alerts/test_calls.py::test_a_redirect_is_not_followed"
