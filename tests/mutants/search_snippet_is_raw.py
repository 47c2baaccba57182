"""A snippet holds the tags of the text it was cut of."""

FILE = "tracker/queries/words.py"
OLD = "    shown = html.escape(cut)"
NEW = "    shown = cut"
TEST = "tests/api/test_search.py::test_a_snippet_is_safe_to_show"
