"""The name is looked up again for the connection: the second answer may be another."""

FILE = "tracker/egress/client.py"
OLD = "            sock.connect(where)\n"
NEW = "            sock.connect(socket.getaddrinfo(host, port)[0][-1])\n"
TEST = "tests/egress/test_client.py::test_the_address_looked_at_is_the_address_dialled"
