"""A filter by a draft's name finds what stands on the draft."""

FILE = "tracker/queries/filters/addressees.py"
OLD = "    rows = Publisher.objects.filter(body__in=Body.objects.public().filter(ref=body))"
NEW = "    rows = Publisher.objects.filter(body__in=Body.objects.filter(ref=body))"
TEST = "tests/api/test_drafts.py::test_a_filter_by_a_draft_finds_what_a_filter_by_nothing_finds"
