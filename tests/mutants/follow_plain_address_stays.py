"""An address that follows nothing any more is kept as it is."""

FILE = "tracker/alerts/readers.py"
OLD = "    for address in over:\n        stop_all(address, at=at)\n"
NEW = ""
TEST = "tests/alerts/test_readers.py::test_no_plain_address_stays_that_follows_nothing"
