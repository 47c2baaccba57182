"""Every promise about safety has a planted bug that turns its test red."""

import importlib
import os
import pkgutil
import shutil
import subprocess
import sys
import uuid
from pathlib import Path
from types import ModuleType

import environ
import psycopg
import pytest

import tests.mutants

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("tracker", "api", "tests", "benchmarks", "fixtures", "manage.py", "pyproject.toml")
MUTANTS = sorted(
    name for _, name, _ in pkgutil.iter_modules(tests.mutants.__path__) if not name.startswith("test_")
)
# A small share for every run: one of the ledger, one of the rules, one of what the public may see.
FEW = ("public_chain_counts_drafts", "holding_reply_counts", "draft_named_in_public")


def load(name: str) -> ModuleType:
    return importlib.import_module(f"tests.mutants.{name}")


@pytest.mark.parametrize("name", MUTANTS)
def test_a_mutant_still_applies(name: str) -> None:
    mutant = load(name)
    text = (ROOT / mutant.FILE).read_text(encoding="utf-8")
    assert text.count(mutant.OLD) == 1, f"{mutant.FILE}: OLD must stand in it once"
    assert mutant.OLD != mutant.NEW
    path, _, test = mutant.TEST.partition("::")
    assert f"def {test.partition('[')[0]}(" in (ROOT / path).read_text(encoding="utf-8")


def plant(name: str, folder: Path, database_url: str, migrated: str) -> subprocess.CompletedProcess[str]:
    """Copy the register, plant the bug, and run the one test."""
    mutant = load(name)
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy(source, folder / part)
    target = folder / mutant.FILE
    target.write_text(target.read_text(encoding="utf-8").replace(mutant.OLD, mutant.NEW), encoding="utf-8")
    database = f"mutant_{uuid.uuid4().hex[:12]}"
    server = environ.Env.db_url_config(database_url)
    url = f"postgres://{server['USER']}:{server['PASSWORD']}@{server['HOST']}:{server['PORT']}/{database}"
    outer = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    if mutant.FILE.startswith("tracker/models/"):
        # The triggers and constraints of the models stand in migrations: the bug needs one too.
        make = [sys.executable, "manage.py", "makemigrations", "tracker", "-n", "planted_bug"]
        env = {**outer, "DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        subprocess.run(make, cwd=folder, env=env, check=True, capture_output=True, timeout=120)
    # Its database is a copy of ours, unless the bug is in how that was made.
    copied = {} if mutant.FILE.startswith("tracker/migrations/") else {"MIGRATED_DATABASE": migrated}
    try:
        return subprocess.run(
            [sys.executable, "-m", "pytest", mutant.TEST, "-q", "-x", "-p", "no:cacheprovider", "-n", "0"],
            cwd=folder,
            env={**outer, **copied, "DATABASE_URL": url, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    finally:
        with psycopg.connect(f"{url.rpartition('/')[0]}/postgres", autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS test_{database} WITH (FORCE)")


def must_turn_red(name: str, folder: Path, database_url: str, migrated: str) -> None:
    ran = plant(name, folder, database_url, migrated)
    assert ran.returncode == 1, f"the planted bug was not found:\n{ran.stdout[-3000:]}\n{ran.stderr[-1000:]}"
    assert " failed" in ran.stdout, ran.stdout[-3000:]


@pytest.mark.django_db
@pytest.mark.parametrize("name", FEW)
def test_a_planted_bug_turns_its_test_red(
    name: str, tmp_path: Path, database_url: str, migrated: str
) -> None:
    must_turn_red(name, tmp_path, database_url, migrated)


@pytest.mark.faults
@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in MUTANTS if name not in FEW])
def test_every_planted_bug_turns_its_test_red(
    name: str, tmp_path: Path, database_url: str, migrated: str
) -> None:
    must_turn_red(name, tmp_path, database_url, migrated)
