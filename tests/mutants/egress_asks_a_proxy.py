"""A proxy of the environment is asked."""

FILE = "tracker/egress/client.py"
OLD = "urllib3.PoolManager(hosts, maxsize"
NEW = '(lambda n, **o: urllib3.ProxyManager(__import__("os").environ["http_proxy"], n, **o) if "http_proxy" in __import__("os").environ else urllib3.PoolManager(n, **o))(hosts, maxsize'
TEST = "tests/egress/test_client.py::test_proxies_of_the_environment_are_not_asked"
