"""What one body said for another passes for its own refusal."""

FILE = "tracker/statuses.py"
OLD = "    if answer.on_behalf:\n        return Status.ANSWERED_FOR_IT\n"
NEW = ""
TEST = "tests/rules/test_statuses.py::test_an_answer_on_its_behalf_is_not_its_own"
