"""What a partner proposes stands in the public register at once."""

FILE = "tracker/partners/proposals.py"
OLD = "    Proposal.objects.bulk_create([proposal], ignore_conflicts=True)"
NEW = """    Proposal.objects.bulk_create([proposal], ignore_conflicts=True)
    fact = public_subject(proposed.about_type, proposed.about_ref)
    SUBJECTS["answer"].objects.filter(addressee_id=fact.pk).update(summary=proposed.said["summary"])"""
TEST = "tests/api/test_proposals.py::test_a_proposal_changes_no_public_answer"
