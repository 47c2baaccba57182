"""A proxy of the environment is asked."""

FILE = "tracker/egress/client.py"
OLD = """        self._pools.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}
"""
NEW = """        self._pools.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}
        if proxy := __import__("os").environ.get("http_proxy"):
            self._pools = urllib3.ProxyManager(proxy)
"""
TEST = "tests/egress/test_client.py::test_proxies_of_the_environment_are_not_asked"
