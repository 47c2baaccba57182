"""A redirect is followed by a client of its own, which dials whatever it is told."""

FILE = "tracker/watching/looking.py"
OLD = """            answer = client.call(method, url, headers=headers, seconds=CALL_SECONDS)
"""
NEW = """            if hop:
                said = __import__("urllib.request", fromlist=["urlopen"]).urlopen(url)
                answer = Answer(said.status, {}, said.read(), False)
            else:
                answer = client.call(method, url, headers=headers, seconds=CALL_SECONDS)
"""
TEST = "tests/watching/test_looking.py::test_a_redirect_into_a_network_that_is_not_called_is_not_followed"
