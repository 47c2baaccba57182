"""A fact without a source, or that nobody checked, is published."""

FILE = "tracker/actions/_publishing.py"
OLD = "    if problems := [problem for fact in facts if (problem := _unpublishable(fact))]:\n"
NEW = "    if problems := [problem for fact in facts[:0] if (problem := _unpublishable(fact))]:\n"
TEST = "tests/actions/test_answering.py::test_a_letter_cannot_be_published_without_its_source"
