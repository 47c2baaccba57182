"""The paper that somebody else sent with a form is taken with this one."""

FILE = "tracker/admin/kept_paper.py"
OLD = 'signed["by"] == _holder(by) and is_stored(paper.stored)'
NEW = "is_stored(paper.stored)"
TEST = "tests/admin/test_paper_with_form.py::test_the_token_of_somebody_else_is_an_error_at_its_field"
