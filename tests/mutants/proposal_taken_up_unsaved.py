"""A proposal is taken up by somebody who may not decide it."""

FILE = "tracker/admin/taking.py"
OLD = '    if not written or not request.user.has_perm("tracker.change_proposal"):'
NEW = "    if not written:"
TEST = "tests/admin/test_partners.py::test_deciding_needs_the_right_to_it"
