"""An answer is told whether it is still public or not."""

FILE = "tracker/alerts/truth.py"
OLD = "    if event.subject_type in known.public and event.subject_id not in"
NEW = "    if event.subject_type not in known.public and event.subject_id not in"
TEST = "tests/alerts/test_what_is_no_longer_true.py::test_an_answer_withdrawn_before_it_was_told_is_not_told"
