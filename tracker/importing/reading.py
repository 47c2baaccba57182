"""From the bytes of a file to plain values, bounded in size and depth."""

import json
from pathlib import Path
from typing import Any

from tracker.importing.problems import Problem, Refused, shown

LARGEST = 16 * 1024 * 1024
DEEPEST = 12


def read_json(file: Path) -> dict[str, Any]:
    """The object that a file holds. Raises Refused for anything else: too large, not UTF-8, not JSON, too deep."""
    try:
        content = _object(_text(_bytes(file)))
    except ValueError as error:
        raise Refused([Problem(str(file), "", str(error))]) from None
    return content


def _bytes(file: Path) -> bytes:
    """The bytes of a file, read no further than one past the limit."""
    try:
        with file.open("rb") as stream:
            found = stream.read(LARGEST + 1)
    except OSError as error:
        raise ValueError(f"it cannot be read: {error.strerror or error}; check the path") from None
    if len(found) > LARGEST:
        raise ValueError(f"it is larger than {LARGEST // 1024 // 1024} MB: split it into several files")
    return found


def _text(found: bytes) -> str:
    try:
        return found.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"byte {error.start} is not UTF-8: save the file as UTF-8") from None


def _object(text: str) -> dict[str, Any]:
    try:
        content = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno}, column {error.colno}: not JSON ({error.msg})") from None
    except RecursionError:
        raise ValueError("its lists and objects are nested too deep") from None
    if not isinstance(content, dict):
        raise ValueError('not an object: write {"form": 1, "bodies": […]}')
    if _depth_passes(content, DEEPEST):
        raise ValueError("its lists and objects are nested too deep")
    return content


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, in which each key stands once: JSON itself would keep the last in silence."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {shown(twice)} stands twice in one object: keep one")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON: leave the key out")


def _depth_passes(value: Any, left: int) -> bool:
    if isinstance(value, dict):
        value = list(value.values())
    if not isinstance(value, list):
        return False
    return left == 0 or any(_depth_passes(each, left - 1) for each in value)
