"""A reply is written to what staff have withdrawn."""

FILE = "tracker/importing/comparing.py"
OLD = "    elif replied and not found.conflicts and (reason := on_record.withdrawn(known, *STANDS_ON)):\n"
NEW = "    elif replied and not found.conflicts and (reason := on_record.withdrawn(known)):\n"
TEST = "tests/importing/test_withdrawn.py::test_a_first_reply_to_what_was_withdrawn_is_a_conflict"
