"""A key opens the webhooks of every partner."""

FILE = "tracker/queries/webhooks.py"
OLD = "return Endpoint.objects.kept().filter(partner=partner)"
NEW = "return Endpoint.objects.kept()"
TEST = "tests/api/test_webhooks.py::test_nobody_sees_or_touches_what_is_anothers"
