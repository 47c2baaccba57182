"""One person makes a published answer a refusal."""

FILE = "tracker/actions/correcting.py"
OLD = "    not_by_one_alone(changes, writing)\n"
NEW = ""
TEST = "tests/actions/test_two_people.py::test_a_published_answer_is_not_made_a_refusal_by_one_person"
