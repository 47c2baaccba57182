"""A page names what a public thing points to, public or not."""

FILE = "tracker/queries/references.py"
OLD = "    return model.objects.public().in_bulk("
NEW = "    return model.objects.in_bulk("
TEST = "tests/api/test_drafts.py::test_no_answer_holds_a_word_of_a_draft"
