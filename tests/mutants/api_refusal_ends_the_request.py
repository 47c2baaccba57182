"""The answer that a refusal replaces is closed, and with it the connections of a request that goes on."""

FILE = "api/middleware.py"
OLD = "    kept = {name: value"
NEW = "    response.close()\n    kept = {name: value"
TEST = "tests/api/test_manners.py::test_a_refusal_does_not_end_the_request_before_its_end"
