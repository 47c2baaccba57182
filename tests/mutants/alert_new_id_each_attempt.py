"""Each attempt has an id of its own: the reader gets the mail twice."""

FILE = "tracker/alerts/outbox.py"
OLD = "        message_id=message.message_id,\n"
NEW = '        message_id=f"<{uuid.uuid4()}@register>",\n'
TEST = "tests/alerts/test_sending.py::test_a_dead_mail_server_delays_the_same_mail"
