"""Mail to an account goes on after its mail server said that nobody has the address."""

FILE = "tracker/alerts/outbox.py"
OLD = "        stopped = None if address else suspension(message.recipient)\n"
NEW = "        stopped = None\n"
TEST = (
    "tests/web/test_mail_service.py"
    "::test_mail_that_comes_back_stops_an_account_and_whom_we_write_letters_to_as_well"
)
