"""An account that was switched off, or has no role, keeps its rights."""

FILE = "tracker/models/user.py"
OLD = "        granted = self.is_active and may(self.role, right)"
NEW = "        granted = True"
TEST = "tests/admin/test_rights.py::test_a_viewer_reads_a_fact_and_its_history_and_can_do_nothing"
