"""A proxy of the environment is asked."""

FILE = "tracker/egress/client.py"
OLD = """        key = (target.scheme, target.host, target.port)
"""
NEW = """        key = (target.scheme, target.host, target.port)
        if proxy := __import__("os").environ.get("http_proxy"):
            return urllib3.ProxyManager(proxy).connection_from_host(target.host, target.port, target.scheme)
"""
TEST = "tests/egress/test_client.py::test_proxies_of_the_environment_are_not_asked"
