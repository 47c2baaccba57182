"""The loader corrects what staff have edited since."""

FILE = "tracker/importing/loading.py"
OLD = "        kept = touched_by_staff(type(differing[0][1]), [d[1] for d in differing]) if differing else set()\n"
NEW = "        kept: set[int] = set()\n"
TEST = "tests/importing/test_loading.py::test_what_staff_edited_is_kept_and_said_so"
