"""A page names what a public thing points to, public or not."""

FILE = "tracker/queries/references.py"
OLD = "    return Kept(model.objects.public()"
NEW = "    return Kept(model.objects"
TEST = "tests/api/test_drafts.py::test_no_answer_holds_a_word_of_a_draft"
