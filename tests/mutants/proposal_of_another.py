"""A partner reads what another one proposed."""

FILE = "tracker/partners/proposals.py"
OLD = "    return Proposal.objects.filter(partner=partner, ref=ref).first()"
NEW = "    return Proposal.objects.filter(ref=ref).first()"
TEST = "tests/api/test_proposals.py::test_nobody_sees_the_proposals_of_another"
