"""Two workers claim the same message."""

FILE = "tracker/alerts/outbox.py"
OLD = "    message = due.select_for_update(skip_locked=True).first()\n"
NEW = "    message = due.first()\n"
TEST = "tests/faults/test_outbox_concurrency.py::test_four_senders_at_once_send_each_mail_once"
