"""The database lets a line of the ledger be changed."""

FILE = "tracker/models/event.py"
OLD = "            *_never(),\n"
NEW = '            *_never(but="update"),\n'
TEST = "tests/actions/test_ledger.py::test_the_ledger_and_the_names_of_facts_refuse_change[line]"
