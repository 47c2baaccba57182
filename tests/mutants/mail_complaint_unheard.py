"""Whoever complained of a mail as spam gets the next one."""

FILE = "tracker/web/mail_service.py"
OLD = '    if event.event_type == "complained":\n'
NEW = '    if event.event_type == "unsubscribed":\n'
TEST = "tests/web/test_mail_service.py::test_to_whom_mail_came_back_or_who_complained_nothing_is_sent"
