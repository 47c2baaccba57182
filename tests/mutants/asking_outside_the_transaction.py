"""What is asked first in a transaction is asked before it begins."""

FILE = "tracker/queries/asking.py"
OLD = "    if begun:\n"
NEW = "    if True:\n"
TEST = "tests/api/test_asking.py::test_what_is_asked_first_in_a_transaction_is_asked_in_it"
