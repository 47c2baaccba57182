"""The examples of docs/api.md, run as they stand there against a real server with the real case.

Each example is a fenced block followed by one called `text`: what it prints, to the letter.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.api.partner import partner_key
from tests.cases.conftest import real_case

pytestmark = pytest.mark.django_db

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "api.md"
ADDRESS = "http://127.0.0.1:8000"
EXAMPLE = re.compile(r"^```(sh|python|js)\n(.*?)^```\n+^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXAMPLES = EXAMPLE.findall(DOCUMENT.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def address(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A server with the case, on the day of the examples, with its limits. It answers from threads of its own."""
    with real_case(django_db_blocker), django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        with time_machine.travel(datetime(2026, 11, 22, 12, 30, tzinfo=UTC)):
            patch.setattr(settings, "REQUESTS_PER_MINUTE_OF_AN_ADDRESS", 1200)
            patch.setenv("KEY", partner_key()[1])
            server = LiveServer("127.0.0.1")
            yield server.url
            server.stop()


def examples(language: str) -> list[Any]:
    found = [(code, printed) for said, code, printed in EXAMPLES if said == language]
    return [pytest.param(*each, id=f"{language}-{n}") for n, each in enumerate(found, 1)]


def test_every_block_of_code_is_an_example_that_is_run() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert len(re.findall(r"^```(?:sh|python|js)$", text, re.MULTILINE)) == len(EXAMPLES)
    assert {language for language, _, _ in EXAMPLES} == {"sh", "python", "js"}
    assert all(ADDRESS in code for _, code, _ in EXAMPLES)


def ran(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(("code", "printed"), examples("sh"))
def test_what_is_asked_with_curl(address: str, code: str, printed: str) -> None:
    if shutil.which("curl") is None:
        pytest.skip("There is no curl here: its examples were not run.")
    assert ran(["sh", "-euc", code.replace(ADDRESS, address)]) == printed.replace(ADDRESS, address)


@pytest.mark.parametrize(("code", "printed"), examples("python"))
def test_what_is_asked_with_python(address: str, code: str, printed: str) -> None:
    isolated = [sys.executable, "-I", "-S", "-c"]  # the standard library alone
    assert ran([*isolated, code.replace(ADDRESS, address)]) == printed.replace(ADDRESS, address)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)  # so that it comes among the last, as the other tests with a browser
@pytest.mark.parametrize(("code", "printed"), examples("js"))
def test_what_is_asked_with_javascript_from_a_page_of_another_site(
    browser: Browser, address: str, code: str, printed: str
) -> None:
    """In Chromium, from a page whose origin is not the register's: what CORS forbids would not be printed."""
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text))
    page.evaluate(f"async () => {{ {code.replace(ADDRESS, address)} }}")
    context.close()
    assert "".join(f"{line}\n" for line in said) == printed.replace(ADDRESS, address)
