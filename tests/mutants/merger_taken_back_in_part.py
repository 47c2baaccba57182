"""What a body held for those that ended before it stays with its successor when its own end is taken back."""

FILE = "tracker/actions/_handing_over.py"
OLD = "        before |= {each.pk: each for each in fresh}\n"
NEW = "        break\n"
TEST = (
    "tests/actions/test_entering.py::test_an_end_that_was_wrong_is_taken_back_with_all_that_passed_on_by_it"
)
