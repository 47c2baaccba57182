"""docker-compose.yml without Docker: its form, its promises, and each service's very command, run by hand."""

import json
import os
import re
import secrets
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from compose_spec import PyCompose

from tests.running.processes import environment, free_port, until
from tests.servers import ROOT
from tracker.embedded.account import Account
from tracker.embedded.postgres import LOCALE, Postgres, program
from tracker.embedded.process import run, stop
from tracker.embedded.valkey import program as valkey_program

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "beat")
GIVEN = {
    "ALLOWED_HOSTS": "register.example",
    "DEFAULT_FROM_EMAIL": "register@example.org",
    "SITE_URL": "https://register.example",
}


def test_it_is_a_valid_compose_file() -> None:
    PyCompose.from_json(interpolated(json.dumps(COMPOSE), GIVEN)).validate()


@pytest.mark.parametrize(
    "wrong", [{"no_such_key": 1}, {"restart": "sometimes"}, {"secrets": ["unknown"]}, {"cap_drop": "ALL"}]
)
def test_the_check_of_its_form_finds_mistakes(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        PyCompose.from_json(json.dumps({"services": {"web": {"image": "x:1", **wrong}}})).validate()


def test_it_has_the_services_of_the_design_in_their_order() -> None:
    assert list(SERVICES) == ["postgres", "valkey", "migrate", "web", "worker", "beat"]
    for name in ("web", "worker", "beat"):
        assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


@pytest.mark.parametrize("name", [name for name in SERVICES if name != "migrate"])
def test_every_service_that_stays_has_a_health_check_and_comes_back(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", SERVICES)
def test_images_are_pinned_to_a_version(name: str) -> None:
    image = SERVICES[name]["image"]
    assert re.search(r":\d+\.\d+", image) or "build" in SERVICES[name]
    assert set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)) == {"python:3.13.9-slim-trixie"}


@pytest.mark.parametrize("name", OURS)
def test_ours_run_without_privileges(name: str) -> None:
    assert SERVICES[name]["cap_drop"] == ["ALL"] and SERVICES[name]["read_only"] is True
    assert "\nUSER register\n" in DOCKERFILE


@pytest.mark.parametrize("name", SERVICES)
def test_no_secret_stands_in_a_variable(name: str) -> None:
    for variable, value in SERVICES[name].get("environment", {}).items():
        if re.search("SECRET|PASSWORD|EMAIL_URL", variable):
            assert variable.endswith("_FILE"), variable
            assert value.removeprefix("/run/secrets/") in SERVICES[name]["secrets"]


def interpolated(words: str, variables: dict[str, str]) -> str:
    """What compose makes of ${NAME:-default}, ${NAME:?why} and $$."""

    def value(found: re.Match[str]) -> str:
        name, _, rest = found[1].partition(":")
        return variables.get(name) or rest.removeprefix("-")

    return re.sub(r"\$\{([^}]*)\}", value, words).replace("$$", "$")


def collectstatic() -> list[str]:
    """The Dockerfile's own line."""
    found = re.search(r"^RUN (SECRET_KEY=(?:.*\\\n)+.*collectstatic.*)$", DOCKERFILE, re.MULTILINE)
    assert found
    return ["env", "-u", "SECRET_KEY_FILE", "-u", "EMAIL_URL_FILE", "sh", "-c", found[1].replace("\\\n", "")]


class Stack:
    """The services' processes, with the paths and addresses of this machine in place of the containers'."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.web_port = folder, free_port()
        self.valkey_port = free_port()
        self.postgres = Postgres(
            folder / "postgres", free_port(), secrets.token_hex(16), folder / "postgres.log"
        )
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        kept = folder / "secrets"
        kept.mkdir()
        for name, words in {
            "secret-key": secrets.token_urlsafe(48),
            "postgres-password": self.postgres.password,
            "broker-password": f"{secrets.token_hex(16)}/@:",
            "email-url": "smtp://mail.example:25",
        }.items():
            (kept / name).write_text(f"{words}\n", encoding="utf-8")

    def here(self, words: str) -> str:
        """The same words with this machine's paths and addresses."""
        for there, here in {
            "/run/secrets/": f"{self.folder}/secrets/",
            "@postgres:5432/": f"@127.0.0.1:{self.postgres.port}/",
            "//valkey:6379/": f"//127.0.0.1:{self.valkey_port}/",
            "--dir /data": f"--dir {self.folder} --port {self.valkey_port}",
            "/tmp/valkey.conf": f"{self.folder}/valkey.conf",
            "0.0.0.0:8000": f"127.0.0.1:{self.web_port}",
            "127.0.0.1:8000": f"127.0.0.1:{self.web_port}",
        }.items():
            words = words.replace(there, here)
        return words

    def variables(self, name: str) -> dict[str, str]:
        given = SERVICES[name].get("environment", {})
        return {key: self.here(interpolated(str(value), GIVEN)) for key, value in given.items()}

    def start(self, name: str, words: list[str] | None = None) -> subprocess.Popen[bytes]:
        """A service's command, or another in its place and environment."""
        command = [self.here(interpolated(word, GIVEN)) for word in words or SERVICES[name]["command"]]
        path = os.pathsep.join(
            [str(Path(sys.executable).parent), str(valkey_program().parent), os.environ["PATH"]]
        )
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment(**self.variables(name), PATH=path, **self.folders()),
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def wait_for(self, name: str, words: str) -> None:
        until(lambda: words in self.log(name) or self.processes[name].poll() is not None, seconds=90)
        assert self.processes[name].poll() is None, self.log(name)

    def folders(self) -> dict[str, str]:
        return {"DATA_DIR": str(self.folder / "data"), "STATIC_ROOT": str(self.folder / "static")}

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(encoding="utf-8")

    def keep(self, name: str) -> None:
        self.processes[name] = self.start(name)


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """All of it, started in the order of depends_on."""
    stack = Stack(tmp_path_factory.mktemp("compose"))
    stack.postgres.create()
    database = stack.postgres.start()
    try:
        stack.keep("valkey")
        stack.wait_for("valkey", "Ready to accept connections")
        assert stack.start("migrate").wait(120) == 0, stack.log("migrate")
        assert stack.start("migrate", collectstatic()).wait(60) == 0, stack.log("migrate")
        for name in ("web", "worker", "beat"):
            stack.keep(name)
        yield stack
    finally:
        for process in reversed(stack.processes.values()):
            stop(process, signal.SIGTERM, seconds=20)
        Postgres.stop(database)


def get(stack: Stack, path: str, **headers: str) -> tuple[int, str]:
    request = urllib.request.Request(f"http://127.0.0.1:{stack.web_port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, ""
    except OSError:
        return 0, ""


def test_initdb_takes_the_arguments_of_the_compose_file_which_are_those_of_up(tmp_path: Path) -> None:
    folder = tmp_path / "cluster"
    folder.mkdir()
    account = Account.that_owns(folder)
    if account:
        account.give(folder)
    words = SERVICES["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split()
    assert words == LOCALE
    run([program("initdb"), "-D", folder, "--no-sync", *words], folder=folder, account=account)


def test_web_answers_its_own_health_check(stack: Stack) -> None:
    check = SERVICES["web"]["healthcheck"]["test"][1:]
    until(lambda: get(stack, "/healthz")[0] != 0)
    assert stack.start("web", check).wait(30) == 0, stack.log("web")


def test_web_insists_on_https_and_on_its_own_name(stack: Stack) -> None:
    until(lambda: get(stack, "/healthz")[0] != 0)
    name = GIVEN["ALLOWED_HOSTS"]
    through_proxy = {"Host": name, "X-Forwarded-Proto": "https"}
    assert get(stack, "/admin/login/", **through_proxy)[0] == 200
    assert get(stack, "/admin/login/", **{**through_proxy, "Host": "elsewhere.example"})[0] == 400


def test_the_worker_answers_its_own_health_check(stack: Stack) -> None:
    stack.wait_for("worker", "ready.")
    [kind, words] = SERVICES["worker"]["healthcheck"]["test"]
    assert kind == "CMD-SHELL"
    host = os.uname().nodename
    assert stack.start("worker", ["sh", "-c", words.replace("$$HOSTNAME", host)]).wait(60) == 0, stack.log(
        "worker"
    )


def test_beat_runs_and_answers_its_own_health_check(stack: Stack) -> None:
    stack.wait_for("beat", "beat: Starting")
    assert stack.start("beat", SERVICES["beat"]["healthcheck"]["test"][1:]).wait(30) == 0, stack.log("beat")
    assert stack.processes["beat"].poll() is None


@pytest.mark.parametrize("missing", ["SECRET_KEY_FILE", "DATABASE_URL", "BROKER_URL", "EMAIL_URL_FILE"])
def test_a_missing_secret_stops_the_start_and_is_named(stack: Stack, missing: str) -> None:
    variables = {name: value for name, value in stack.variables("web").items() if name != missing}
    done = subprocess.run(
        [sys.executable, "-c", "from tracker.config.wsgi import application"],
        cwd=ROOT,
        env=environment(**variables),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert f"{missing.removesuffix('_FILE')} is not set" in done.stderr
