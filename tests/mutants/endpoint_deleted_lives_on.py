"""An endpoint that its owner deleted is called again."""

FILE = "tracker/alerts/endpoints.py"
OLD = "    Endpoint.objects.kept().filter(pk=endpoint.pk).update("
NEW = "    Endpoint.objects.filter(pk=endpoint.pk).update(deleted_at=None,"
TEST = "tests/admin/test_endpoints.py::test_what_its_owner_deleted_is_nobodys_to_call_again"
