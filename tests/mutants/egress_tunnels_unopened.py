"""An IPv6 address that carries an IPv4 address is looked at from outside only."""

FILE = "tracker/egress/addresses.py"
OLD = "    leads_to = _carried(address) or [address]\n"
NEW = "    leads_to = [address]\n"
TEST = "tests/egress/test_addresses.py::test_an_address_that_is_not_global_unicast_is_never_dialled"
