"""Rows that an earlier plan of an import has written are counted among those of the next."""

FILE = "tracker/importing/staging.py"
OLD = '    ImportRow.objects.filter(of=of).exclude(outcome="").update(outcome="")\n'
NEW = ""
TEST = "tests/importing/test_half_applied.py::test_planned_again_its_counts_add_up_to_the_rows_read"
