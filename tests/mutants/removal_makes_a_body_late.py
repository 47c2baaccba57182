"""What the law removes counts as never said: the body looks late for it."""

FILE = "tracker/actions/erasing.py"
OLD = "    _let_rest(chosen, public, by, at)\n"
NEW = ""
TEST = "tests/actions/test_removing.py::test_a_body_whose_answer_the_law_removes_is_not_called_late_for_it"
