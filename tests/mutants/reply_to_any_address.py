"""A body's link is sent to an address that is not the body's."""

FILE = "tracker/actions/replies.py"
OLD = "    if address not in addresses_of(body):"
NEW = "    if not address:"
TEST = "tests/web/test_replies.py::test_a_link_goes_to_one_of_the_bodys_own_addresses_and_is_kept_nowhere"
