"""Two people who make a key at the same moment make a third."""

FILE = "tracker/partners/keys.py"
OLD = "    Partner.objects.select_for_update().get(pk=partner.pk)\n"
NEW = ""
TEST = "tests/api/test_keys.py::test_of_ten_keys_made_at_once_two_are_made"
