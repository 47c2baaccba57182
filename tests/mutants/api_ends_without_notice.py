"""What ends says so on the answers that went well, and not on the others."""

FILE = "api/middleware.py"
OLD = "    if notice is not None:\n        notice.tell(response)"
NEW = "    if notice is not None and response.status_code == 200:\n        notice.tell(response)"
TEST = (
    "tests/api/test_deprecation.py::test_every_answer_concerned_says_since_when_until_when_and_what_instead"
)
