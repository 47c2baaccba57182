"""What staff have changed is overwritten by the feed."""

FILE = "tracker/importing/comparing.py"
OLD = "        if reason := on_record.edited(known, model, name, old) or on_record.noted(known, name, old, new):\n"
NEW = "        if (reason := on_record.edited(known, model, name, old)) is None:\n"
TEST = "tests/importing/test_quirks.py::test_what_staff_have_changed_is_not_overwritten"
