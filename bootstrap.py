#!/usr/bin/env python3
"""From nothing but Python to a running register. `make` calls this; without make:

    python3 bootstrap.py up                  the register on this machine
    python3 bootstrap.py test [arguments]    its tests

    python3 bootstrap.py environment         only .venv, with what `up` needs
    python3 bootstrap.py environment --dev   ... and with the tests and checks
    python3 bootstrap.py lock                refresh the lock files from pyproject.toml

Only the standard library is used here. The installer, uv, lives in an environment of its own (.tools/), because
installing exactly what a lock says removes everything else, uv included.
"""

import hashlib
import os
import subprocess
import sys
import venv
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOOLS, VENV = HERE / ".tools", HERE / ".venv"
LOCKS = {  # file: what it is compiled from; each holds all that the one before holds
    "requirements.lock": ["--extra", "esp"],
    "requirements-embedded.lock": ["--extra", "esp", "--extra", "embedded"],
    "requirements-dev.lock": ["--extra", "esp", "--extra", "embedded", "--group", "dev"],
}
READ_LATE = ("django/contrib", "rest_framework", "allauth", "celery", "kombu", "drf_spectacular", "pypdf")
UV = "uv~=0.13.0"
# Trust what the system trusts: a machine behind a private authority has its certificates there.
ENVIRONMENT = {**os.environ, "UV_SYSTEM_CERTS": "1", "UV_NO_PROGRESS": "1"}


def run(*command: str | Path, stdin: str = "") -> None:
    """Run a command, and end with its exit code if it fails."""
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=HERE, env=ENVIRONMENT, check=False, input=stdin, text=True)
    if done.returncode != 0:
        sys.exit(done.returncode)


def fingerprint(*files: str) -> str:
    """What an environment was made from: the locks' content and this Python."""
    content = b"".join((HERE / file).read_bytes() for file in files)
    return f"{hashlib.sha256(content).hexdigest()} {sys.version}"


def is_made_from(stamp: Path, words: str) -> bool:
    return stamp.exists() and stamp.read_text(encoding="utf-8") == words


def uv() -> Path:
    """The installer, made on the first call and whenever its lock changes."""
    stamp, words = TOOLS / "made-from", fingerprint("requirements-tools.lock")
    if not is_made_from(stamp, words):
        print("  tools          installing uv", flush=True)
        lent = own_pip_can_lend_itself()
        venv.create(TOOLS, with_pip=not lent, clear=True)
        python = TOOLS / "bin" / "python"
        pip: list[str | Path] = (
            [sys.executable, "-m", "pip", "--python", python] if lent else [python, "-m", "pip"]
        )
        options = "--quiet --disable-pip-version-check --require-hashes -r requirements-tools.lock"
        run(*pip, "install", *options.split())
        stamp.write_text(words, encoding="utf-8")
    return TOOLS / "bin" / "uv"


def own_pip_can_lend_itself() -> bool:
    """Whether this Python's own pip installs elsewhere (since 22.3): to unpack a new pip takes five seconds."""
    try:
        major, minor = metadata.version("pip").split(".")[:2]
        return (int(major), int(minor)) >= (22, 3)
    except (metadata.PackageNotFoundError, ValueError):
        return False


def environment(*, dev: bool) -> Path:
    """.venv exactly as its lock says; the Python in it. One that has the tests' packages keeps them."""
    stamp = VENV / "made-from"
    locks = ["requirements-dev.lock"] if dev else ["requirements-embedded.lock", "requirements-dev.lock"]
    if not any(is_made_from(stamp, fingerprint(lock)) for lock in locks):
        had_dev = (VENV / "bin" / "pytest").exists()
        lock = "requirements-dev.lock" if dev or had_dev else "requirements-embedded.lock"
        installer = uv()
        print(f"  packages       installing {lock}", flush=True)
        if not (VENV / "bin" / "python").exists() or not is_this_python():
            run(installer, "venv", "--quiet", "--clear", "--python", sys.executable, VENV)
        stamp.unlink(missing_ok=True)
        python = VENV / "bin" / "python"
        run(installer, "pip", "sync", "--quiet", "--require-hashes", "--python", python, lock)
        stamp.write_text(fingerprint(lock), encoding="utf-8")
    return VENV / "bin" / "python"


def is_this_python() -> bool:
    """Whether .venv was made by the Python that runs this."""
    asked = subprocess.run(
        [VENV / "bin" / "python", "-c", "import sys; print(sys.version)"],
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout.strip() == sys.version.strip()


def keep_what_is_compiled() -> None:
    """Where Python is told to write no bytecode beside its sources, it goes into .venv.

    Without any, every worker and every command compiles Django and ours anew: it starts in 6 s instead of 2.
    """
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ.setdefault("PYTHONPYCACHEPREFIX", str(VENV / "pycache"))


def compile_meanwhile(python: Path) -> None:
    """Compile, on another processor, what a first start reads later: it saves a sixth of its time."""
    places = [*VENV.glob("lib/python3*/site-packages")][:1]
    words = [
        "-m",
        "compileall",
        "-q",
        "tracker",
        "api",
        *(place / name for place in places for name in READ_LATE),
    ]
    command = [str(word) for word in ("sh", "-c", '"$@" >/dev/null 2>&1 &', "sh", python, *words)]
    subprocess.run(command, cwd=HERE, check=False)


def lock() -> None:
    """Compile every lock anew, for all supported Pythons and systems, naming no registry."""
    options = "--universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --upgrade --quiet"
    words = options.split()
    if not (HERE / "requirements-tools.lock").exists():
        sys.exit("requirements-tools.lock is missing: restore it from git, it says which uv to trust")
    run(uv(), "pip", "compile", *words, "-o", "requirements-tools.lock", "-", stdin=UV)
    for file, wanted in LOCKS.items():
        run(uv(), "pip", "compile", *words, "pyproject.toml", *wanted, "-o", file)


def main() -> None:
    if sys.version_info < (3, 11):
        sys.exit(f"Python 3.11 or later is needed, this is {sys.version.split()[0]}")
    keep_what_is_compiled()
    task, arguments = (sys.argv[1] if len(sys.argv) > 1 else ""), sys.argv[2:]
    os.chdir(HERE)
    if task == "environment":
        environment(dev="--dev" in arguments)
    elif task == "lock":
        lock()
    elif task == "up":
        fresh = not (VENV / "made-from").exists()
        python = environment(dev=False)
        if fresh:
            compile_meanwhile(python)
        os.execv(python, [str(python), "manage.py", "up", *arguments])
    elif task == "test":
        python = environment(dev=True)
        os.execv(python, [str(python), "-m", "pytest", "-n", "2", "--dist", "worksteal", *arguments])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
