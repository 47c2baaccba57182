"""A new title of a report writes, once more, the answer that staff have withdrawn."""

FILE = "tracker/importing/feed.py"
OLD = "        told = Answer.objects.filter(ref__any_of=answers)\n"
NEW = "        told = Answer.objects.filter(ref__any_of=answers, withdrawn_at=None)\n"
TEST = "tests/importing/test_withdrawn.py::test_a_withdrawn_answer_is_not_written_again"
