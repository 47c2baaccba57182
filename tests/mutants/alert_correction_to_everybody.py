"""A correction goes to who was never told what it corrects."""

FILE = "tracker/alerts/truth.py"
OLD = '    return Verdict("the notice it corrects was never sent")\n'
NEW = "    return TELL\n"
TEST = (
    "tests/alerts/test_what_is_no_longer_true.py::"
    "test_a_miss_retracted_before_it_was_sent_is_not_sent_and_neither_is_the_correction"
)
