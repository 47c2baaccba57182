"""The copy of a paper is public though nobody permitted it."""

FILE = "tracker/web/papers.py"
OLD = "filter(ref=ref, may_be_published=True)"
NEW = "filter(ref=ref)"
TEST = "tests/admin/test_papers.py::test_the_public_gets_the_copy_as_a_file_and_only_with_permission"
