"""A proxy of the environment is asked."""

FILE = "tracker/egress/client.py"
OLD = """        return _Connection(target.host, target.port)
"""
NEW = """        if proxy := __import__("os").environ.get("http_proxy"):
            target = check_url(proxy)
        return _Connection(target.host, target.port)
"""
TEST = "tests/egress/test_client.py::test_proxies_of_the_environment_are_not_asked"
