"""Loading four years of history mails everybody."""

FILE = "tracker/alerts/news.py"
OLD = "    if line.role == Role.LOADER:\n"
NEW = "    if line.role == Role.CLOCK:\n"
TEST = "tests/alerts/test_who_is_told.py::test_what_the_loader_enters_is_told_to_nobody"
