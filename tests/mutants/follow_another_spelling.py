"""Another spelling of the domain is another mailbox."""

FILE = "tracker/alerts/readers.py"
OLD = "    email = plain(email)\n"
NEW = ""
TEST = "tests/alerts/test_told_wrong.py::test_one_mailbox_is_one_however_its_domain_is_spelt"
