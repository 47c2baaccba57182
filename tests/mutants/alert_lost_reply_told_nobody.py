"""A mail whose server hung up is taken for one that did not arrive."""

FILE = "tracker/alerts/outbox.py"
OLD = "        if error.perhaps:\n"
NEW = "        if False:\n"
TEST = (
    "tests/alerts/test_told_wrong.py::test_a_mail_that_was_taken_though_the_server_fell_silent_is_taken_back"
)
