"""Which addresses may be typed in, and which may be dialled: a table of hostile ones."""

from ipaddress import ip_network

import pytest

from tracker.egress import Forbidden, check_address, check_url

# Not global unicast, however it is wrapped.
NEVER_DIALLED = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.0.1",
    "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.1.1",
    "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255", "168.63.129.16",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "::10.0.0.1",
    "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1",
    "64:ff9b:1:ffff::8.8.8.8", "2002:7f00:1::1", "2002:a00:1::", "2002:a9fe:a9fe::1", "2002:c0a8:101::1",
    "2001:0:7f00:1::", "2001:0:808:808::80ff:fffe", "2001:0:808:808:0:0:f5ff:fffe", "2001::1",
    "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254",
    "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "100::1", "4000::1",
    "2a00:1450:4001:830:0:5efe:7f00:1", "2a00:1450:4001:830:200:5efe:10.0.0.1", "fe80::5efe:127.0.0.1",
]  # fmt: skip

DIALLED = [
    "8.8.8.8", "1.1.1.1", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1", "192.169.0.1", "223.255.255.1",
    "2001:4860:4860::8888", "2a00:1450:4001:830::200e", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8",
    "2002:808:808::1", "2001:0:808:808:0:0:f7f7:f7f7", "2a00:1450:4001:830:200:5efe:8.8.8.8",
]  # fmt: skip


@pytest.mark.parametrize("address", NEVER_DIALLED)
def test_an_address_that_is_not_global_unicast_is_never_dialled(address: str) -> None:
    with pytest.raises(Forbidden):
        check_address(address, [])


@pytest.mark.parametrize("address", DIALLED)
def test_a_global_address_is_dialled(address: str) -> None:
    check_address(address, [])


@pytest.mark.parametrize("address", ["10.20.0.1", "::ffff:10.20.0.1", "64:ff9b::10.20.0.1", "2002:a14:1::1"])
def test_a_network_that_is_allowed_is_dialled_however_it_is_wrapped(address: str) -> None:
    check_address(address, [ip_network("10.20.0.0/16")])
    with pytest.raises(Forbidden):
        check_address(address, [ip_network("10.21.0.0/16"), ip_network("fd00::/8")])


def test_one_allowed_end_of_a_tunnel_does_not_open_the_other() -> None:
    """Teredo names a server and a client: here 10.20.0.1 and 127.0.0.1."""
    with pytest.raises(Forbidden):
        check_address("2001:0:a14:1::80ff:fffe", [ip_network("10.20.0.0/16")])


HOSTILE_URLS = [
    "", "example.org", "//example.org/", "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/",
    "javascript:alert(1)", "http:///path", "http://", "https://?q", "http:example.org",
    "http://user@example.org/", "http://user:secret@example.org/", "http://example.org@127.0.0.1/",
    "http://example.org\\@127.0.0.1/", "http://example.org\\.evil.example/",
    "http://2130706433/", "http://017700000001/", "http://0x7f000001/", "http://0x7f.0.0.1/", "http://0177.0.0.1/",
    "http://127.1/", "http://127.0.1/", "http://1.2.3/", "http://8.8.8.8.8/", "http://256.1.1.1/", "http://1.1.1.0x1/",
    "http://08.8.8.8/", "http://0x08080808/", "http://134744072/", "http://example.0x7f/", "http://example.1/",
    "http://127.0.0.1../", "http://example..org/", "http://.example.org/", "http://-example.org/",
    "http://example-.org/", "http://[::1", "http://[::1%25eth0]/", "http://[v1.x]/", "http://[127.0.0.1]/",
    "http://ex%61mple.org/", "http://example.org%2f@127.0.0.1/", "http://exämple.org/", "http://\u2488\u2488.org/",
    "http://\uff11\uff12\uff17.0.0.1/", "http://127\u30020\u30020\u30021/", "http://example.org:0/",
    "http://example.org:22/", "http://example.org:25/", "http://example.org:6379a/", "http://example.org:65536/",
    "http://example.org:-1/", "http://example.org:443:80/", "http://example.org/a b", "http://example.org/\r\nX: y",
    "http://example.org/\x00", "http://exam\tple.org/", "\thttp://example.org/", "http://example.org/\x7f",
    "http://" + "a" * 64 + ".org/", "http://" + "a." * 130 + "org/", "http://example.org/" + "a" * 1000,
]  # fmt: skip


@pytest.mark.parametrize("url", HOSTILE_URLS)
def test_an_address_that_two_programs_may_read_differently_is_refused(url: str) -> None:
    with pytest.raises(Forbidden) as refused:
        check_url(url)
    assert str(refused.value).endswith("."), "a sentence for whoever typed it"


@pytest.mark.parametrize(
    ("url", "host", "port", "called"),
    [
        ("https://example.org", "example.org", 443, "https://example.org:443/"),
        ("HTTPS://Example.ORG./Hook?x=1#part", "example.org", 443, "https://example.org:443/Hook?x=1"),
        ("http://example.org:8080/a", "example.org", 8080, "http://example.org:8080/a"),
        ("http://example.org?q=1", "example.org", 80, "http://example.org:80/?q=1"),
        ("http://8.8.8.8/", "8.8.8.8", 80, "http://8.8.8.8:80/"),
        (
            "http://[2001:4860:4860:0:0:0:0:8888]/",
            "2001:4860:4860::8888",
            80,
            "http://[2001:4860:4860::8888]:80/",
        ),
        (
            "https://xn--exmple-cua.org//a/../b",
            "xn--exmple-cua.org",
            443,
            "https://xn--exmple-cua.org:443//a/../b",
        ),
    ],
)
def test_an_address_is_called_in_its_one_spelling(url: str, host: str, port: int, called: str) -> None:
    target = check_url(url)
    assert (target.host, target.port, target.url) == (host, port, called)
