"""A fact without a source, or that nobody checked, is published."""

FILE = "tracker/actions/publishing.py"
OLD = "    if problems:\n        raise ValidationError(problems)\n    below"
NEW = "    below"
TEST = "tests/actions/test_answering.py::test_a_letter_cannot_be_published_without_its_source"
