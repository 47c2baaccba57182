"""A killed worker counts as one that sent nothing: who got its mail gets no correction."""

FILE = "tracker/alerts/outbox.py"
OLD = '        message.notices.filter(dropped_because="").update(told=True)\n    message.state = MessageState.SENDING'
NEW = "        pass\n    message.state = MessageState.SENDING"
TEST = "tests/alerts/test_what_is_no_longer_true.py::test_who_may_have_been_told_by_a_killed_worker_gets_the_correction"
