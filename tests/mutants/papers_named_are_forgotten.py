"""The sweep that forgets what no source names takes what one does name with it."""

FILE = "tracker/actions/papers.py"
OLD = "if name not in named and _forget_if_old(name, at)]"
NEW = "if _forget_if_old(name, at)]"
TEST = "tests/admin/test_paper_with_form.py::test_a_paper_whose_form_was_never_saved_is_forgotten"
