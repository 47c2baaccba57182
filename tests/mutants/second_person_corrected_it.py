"""Whoever corrected a draft counts as a second pair of eyes on it."""

FILE = "tracker/queries/second_looks.py"
OLD = "            kind__in=[line_kind(noun, Step.RECORDED), line_kind(noun, Step.CORRECTED)],"
NEW = "            kind__in=[line_kind(noun, Step.RECORDED)],"
TEST = "tests/actions/test_two_people.py::test_who_corrected_the_draft_is_one_of_those_who_wrote_it"
