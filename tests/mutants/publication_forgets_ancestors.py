"""What is marked as published counts as public, whatever it stands on."""

FILE = "tracker/queries/by_id.py"
OLD = "model.objects.public().filter("
NEW = "model.objects.filter(published_at__isnull=False, withdrawn_at=None).filter("
TEST = "tests/actions/test_ledger.py::test_publishing_reveals_what_waited_below_and_withdrawing_leaves_tombstones"
