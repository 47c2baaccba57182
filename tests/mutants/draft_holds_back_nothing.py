"""A miss is recorded although a draft answer waits."""

FILE = "tracker/queries/drafts.py"
OLD = "        held[Clock(clock)].add(addressee)\n"
NEW = "        held[Clock(clock)].discard(addressee)\n"
TEST = "tests/actions/test_answering.py::test_a_draft_answer_holds_back_the_miss_until_it_is_withdrawn"
