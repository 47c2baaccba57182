"""Root and plain users: who the servers run as, and that no folder has to be opened for them."""

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.running.processes import Up, environment, free_port
from tests.servers import ROOT
from tracker.embedded import postgres
from tracker.embedded.account import CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, Account

AS_ROOT = os.geteuid() == 0
NOBODY = pwd.getpwnam("nobody")

# A plain user who may still read this checkout and this Python, wherever they are: one capability, and it is to read.
PLAIN = [
    "setpriv",
    f"--reuid={NOBODY.pw_uid}",
    f"--regid={NOBODY.pw_gid}",
    "--clear-groups",
    # access(2), which initdb asks, counts capabilities only so
    "--securebits=+no_setuid_fixup",
    "--inh-caps=-all,+dac_read_search",
    "--ambient-caps=-all,+dac_read_search",
    "--bounding-set=-all,+dac_read_search",
]
AS_PLAIN_USER = PLAIN if AS_ROOT else []


def status_of(pid: int) -> dict[str, str]:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return {name: rest.strip() for name, _, rest in (line.partition(":") for line in lines)}


def owned_by_plain_user(folder: Path) -> Path:
    folder.mkdir()
    if AS_ROOT:
        os.chown(folder, NOBODY.pw_uid, NOBODY.pw_gid)
    return folder


def test_a_plain_user_runs_it_and_everything_is_theirs(start: Callable[..., Up], tmp_path: Path) -> None:
    home = owned_by_plain_user(tmp_path / "home")
    up = start(
        folder=owned_by_plain_user(home / "place"), run_as=AS_PLAIN_USER, HOME=str(home)
    ).wait_until_ready()
    uid = home.stat().st_uid
    assert uid != 0
    assert {status_of(pid)["Uid"].split()[1] for pid in up.children().values()} == {str(uid)}
    assert {path.stat().st_uid for path in up.folder.rglob("*")} == {uid}
    assert up.answers()


@pytest.mark.skipif(not AS_ROOT, reason="is about root")
def test_root_drops_to_nobody_and_reaches_a_closed_folder_without_opening_it(
    start: Callable[..., Up], tmp_path: Path
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    up = start(folder=closed / "place")
    before = closed.stat()
    up.wait_until_ready()
    for name in ("PostgreSQL", "Valkey"):
        status = status_of(up.children()[name])
        assert status["Uid"].split() == [str(NOBODY.pw_uid)] * 4
        assert status["Groups"] == ""
        for held in ("CapPrm", "CapEff", "CapAmb"):
            assert int(status[held], 16) in {1 << CAP_DAC_READ_SEARCH, 1 << CAP_DAC_OVERRIDE}
    assert (closed.stat().st_mode, closed.stat().st_uid) == (before.st_mode, before.st_uid) == (0o40700, 0)


@pytest.mark.skipif(not AS_ROOT, reason="is about root")
def test_root_runs_programs_that_stand_in_a_closed_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a clone under /root: neither the programs nor the data are where `nobody` may go."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    package = postgres.program("postgres").parents[2]
    for folder in (
        package,
        package.with_name(f"{package.name}.libs"),
    ):  # the wheel's own libraries stand beside it
        shutil.copytree(folder, closed / folder.name, symlinks=True)
    monkeypatch.setattr(postgres, "program", lambda name: closed / package.name / "pginstall" / "bin" / name)
    server = postgres.Postgres(closed / "data", free_port(), "password", closed / "log")
    server.create()
    process = server.start()
    status = status_of(process.pid)
    postgres.Postgres.stop(process)
    assert status["Uid"].split() == [str(NOBODY.pw_uid)] * 4
    assert int(status["CapPrm"], 16).bit_count() == 1


@pytest.mark.skipif(not AS_ROOT, reason="is about root")
def test_no_capability_is_kept_where_the_way_is_open(tmp_path: Path) -> None:
    nobody = Account(NOBODY.pw_uid, NOBODY.pw_gid)
    assert nobody.capability_to_reach(Path("/bin/sh"), Path("/tmp")) is None
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    assert nobody.capability_to_reach(Path("/bin/sh"), closed / "data") is not None
    mine = tmp_path / "program"
    mine.write_bytes(b"")
    mine.chmod(0o700)
    assert nobody.capability_to_reach(mine, Path("/tmp")) == CAP_DAC_OVERRIDE


@pytest.mark.skipif(not AS_ROOT, reason="is about root")
def test_data_made_by_a_plain_user_stay_theirs_when_root_starts_it(tmp_path: Path) -> None:
    assert Account.that_owns(owned_by_plain_user(tmp_path / "theirs")) == Account(
        NOBODY.pw_uid, NOBODY.pw_gid
    )


def test_a_plain_user_gets_throw_away_servers_too(tmp_path: Path) -> None:
    temporary = owned_by_plain_user(tmp_path / "tmp")
    keeper = subprocess.run(
        [*AS_PLAIN_USER, sys.executable, "-m", "tracker.embedded.throwaway"],
        cwd=ROOT,
        env=environment(TMPDIR=str(temporary), PYTHONPATH=str(ROOT)),
        input="postgres\nvalkey\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert [line.partition("=")[0] for line in keeper.stdout.splitlines()] == ["DATABASE_URL", "BROKER_URL"]
    assert list(temporary.iterdir()) == []
