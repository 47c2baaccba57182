"""A server that sends a byte now and then holds the call for ever."""

FILE = "tracker/egress/client.py"
OLD = "        self.settimeout(_call.left())  # type: ignore[attr-defined]\n        return _call.read("
NEW = "        return _call.read("
TEST = "tests/egress/test_client.py::test_a_server_that_drips_ends_with_the_call[body]"
