"""Only the first address of a name is looked at."""

FILE = "tracker/egress/client.py"
OLD = "    for *_, where in found:\n        check_address"
NEW = "    for *_, where in found[:1]:\n        check_address"
TEST = "tests/egress/test_client.py::test_a_name_of_which_one_address_leads_inside_is_not_called[10.0.0.1]"
