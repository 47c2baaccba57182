"""A family is followed over a body that is a draft."""

FILE = "tracker/queries/families.py"
OLD = "        Body.objects.public().order_by()"
NEW = "        Body.objects.order_by()"
TEST = "tests/api/test_addressee_filters.py::test_a_body_that_is_not_public_parts_a_family"
