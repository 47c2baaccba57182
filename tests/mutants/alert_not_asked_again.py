"""What was withdrawn since is sent all the same."""

FILE = "tracker/alerts/truth.py"
OLD = "return TELL if event.subject_id in known.public_answers else"
NEW = "return TELL if event.subject_id else"
TEST = "tests/alerts/test_what_is_no_longer_true.py::test_an_answer_withdrawn_before_it_was_told_is_not_told"
