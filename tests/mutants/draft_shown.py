"""A fact under a draft is shown."""

FILE = "tracker/models/base.py"
OLD = '        condition &= (Q(**{f"{prefix}{name}__isnull": True}) | above) if optional else above\n'
NEW = "        del above\n"
TEST = "tests/actions/test_ledger.py::test_publishing_reveals_what_waited_below_and_withdrawing_leaves_tombstones"
