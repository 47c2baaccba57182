"""Each spelling of an address has a limit of its own: anybody can fill somebody's mailbox."""

FILE = "tracker/alerts/readers.py"
OLD = '_within(f"mail {folded(email)}"'
NEW = '_within(f"mail {email}"'
TEST = "tests/alerts/test_readers.py::test_three_mails_in_six_hours_to_one_address_however_it_is_spelt"
