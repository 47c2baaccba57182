"""`python -m tests.check_locks`: the lock files name every package that pyproject.toml asks for, and no registry."""

import re
import sys
import tomllib

from tests.servers import ROOT


def names(requirements: list[str]) -> set[str]:
    """The packages' names, normalised, without extras and versions."""
    found = (re.match(r"[A-Za-z0-9._-]+", words) for words in requirements)
    return {re.sub(r"[-_.]+", "-", match[0]).lower() for match in found if match}


def locked(file: str) -> set[str]:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return names([line for line in lines if line and not line.startswith((" ", "#"))])


def main() -> int:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime = names(project["project"]["dependencies"])
    embedded = runtime | names(project["project"]["optional-dependencies"]["embedded"])
    wanted = {
        "requirements.lock": runtime,
        "requirements-embedded.lock": embedded,
        "requirements-dev.lock": embedded | names(project["dependency-groups"]["dev"]),
    }
    wrong = [f"{file} lacks {name}: make lock" for file in wanted for name in wanted[file] - locked(file)]
    wrong += [
        f"{file} names a registry" for file in wanted if "://" in (ROOT / file).read_text(encoding="utf-8")
    ]
    print("\n".join(wrong) or "locks are complete")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
