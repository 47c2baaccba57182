"""What is adverse is read off the copy that somebody holds, not off the record."""

FILE = "tracker/actions/_second.py"
OLD = "and is_adverse(row)]"
NEW = "and is_adverse(fact)]"
TEST = "tests/actions/test_two_people.py::test_a_stale_copy_of_the_draft_does_not_pass"
