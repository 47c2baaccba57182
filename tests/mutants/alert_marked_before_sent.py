"""A mail is marked as sent before it is."""

FILE = "tracker/alerts/outbox.py"
OLD = "        transport.send(mail)\n"
NEW = "        _mark_sent(message, at)\n        transport.send(mail)\n"
TEST = "tests/alerts/test_sending.py::test_what_a_killed_worker_left_is_sent_again_as_the_same_mail"
