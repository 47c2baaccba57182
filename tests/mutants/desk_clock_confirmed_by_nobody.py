"""The time to answer that a rule suggests counts without anybody's confirmation."""

FILE = "tracker/admin/entered_report.py"
OLD = '    if data["confirm_answer"]:\n'
NEW = "    if True:\n"
TEST = "tests/admin/test_new_report.py::test_the_rule_suggests_the_time_to_answer_and_a_person_confirms_it"
