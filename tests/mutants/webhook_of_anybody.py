"""A key opens the webhooks of every partner."""

FILE = "tracker/queries/webhooks.py"
OLD = "return Endpoint.objects.filter(partner=partner).exclude("
NEW = "return Endpoint.objects.exclude("
TEST = "tests/api/test_webhooks.py::test_nobody_sees_or_touches_what_is_anothers"
