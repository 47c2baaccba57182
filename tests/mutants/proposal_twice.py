"""Who sends the same again a moment later makes a second proposal, or an error."""

FILE = "tracker/partners/proposals.py"
OLD = "    Proposal.objects.bulk_create([proposal], ignore_conflicts=True)"
NEW = "    proposal.save()"
TEST = "tests/api/test_proposals.py::test_a_hundred_at_once_make_one_row_and_are_answered_the_same"
