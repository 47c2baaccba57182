"""The refusal of a proposal tells a draft from what never was."""

FILE = "tracker/partners/proposals.py"
OLD = "    return SUBJECTS[noun].objects.public().filter(ref=ref).first() if noun in SUBJECTS else None"
NEW = "    return SUBJECTS[noun].objects.filter(ref=ref).first() if noun in SUBJECTS else None"
TEST = "tests/api/test_proposals.py::test_a_draft_is_as_unknown_as_what_never_was"
