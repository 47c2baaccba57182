"""An erased line is left out of the chain."""

FILE = "tracker/queries/changes.py"
OLD = "PublicSeal.objects.filter(number__gt=after.number)"
NEW = "PublicSeal.objects.filter(number__gt=after.number, event__content__isnull=False)"
TEST = "tests/api/test_changes.py::test_an_erased_line_says_so_and_the_chain_still_verifies"
