"""An answer that shows no date counts as one in time."""

FILE = "tracker/queries/scorecards.py"
OLD = '        "undated": (f"{answered} AND undated", ()),\n'
NEW = '        "undated": ("false", ()),\n'
TEST = "tests/api/test_scorecards.py::test_each_is_counted_once_and_of_those_it_could_be_true_of"
