"""The copy of a paper is public before its source is."""

FILE = "tracker/web/papers.py"
OLD = "Source.objects.public()"
NEW = "Source.objects"
TEST = "tests/admin/test_papers.py::test_the_copy_of_a_draft_cannot_be_told_from_none"
