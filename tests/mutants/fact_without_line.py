"""The guard takes the line of any fact for the line of this one."""

FILE = "tracker/models/base.py"
OLD = "WHERE e.subject_type = '{noun}' AND e.subject_id = {row}.{column}\n"
NEW = "WHERE e.subject_type = '{noun}'\n"
TEST = "tests/actions/test_ledger.py::test_a_line_about_another_fact_does_not_cover_the_change"
