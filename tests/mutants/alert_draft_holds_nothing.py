"""A miss is told while somebody is entering the answer."""

FILE = "tracker/alerts/truth.py"
OLD = "    if event.subject_id in known.held[clock]:\n"
NEW = "    if event.subject_id in known.held:\n"
TEST = "tests/alerts/test_what_is_no_longer_true.py::test_a_miss_waits_while_somebody_enters_an_answer"
