"""What is being made for the old choice is deleted with it."""

FILE = "tracker/alerts/readers.py"
OLD = "    Subscription.objects.select_for_update().get(pk=old.pk)"
NEW = "    _ = None"
TEST = "tests/alerts/test_told_wrong.py::test_who_chooses_another_channel_while_notices_are_made_loses_none"
