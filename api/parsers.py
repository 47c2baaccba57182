"""JSON, the one form of what is sent: bounded in size and depth, and sound text."""

from collections.abc import Mapping
from typing import Any

import orjson
from rest_framework import exceptions
from rest_framework.parsers import BaseParser

LARGEST_BODY = 64 * 1024
DEEPEST = 16


class TooLarge(exceptions.APIException):
    status_code = 413
    default_code = "too_large"
    default_detail = f"At most {LARGEST_BODY:,} bytes can be sent."


class Json(BaseParser):
    media_type = "application/json"

    def parse(
        self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """Read no more than is allowed, whatever the headers say of its length."""
        content = stream.read(LARGEST_BODY + 1)
        if len(content) > LARGEST_BODY:
            raise TooLarge
        try:
            found = orjson.loads(content)
        except orjson.JSONDecodeError as error:
            raise exceptions.ParseError(f"This is not JSON in UTF-8: {error.msg}.") from None
        if _depth(found) > DEEPEST:
            raise exceptions.ParseError(f"This is nested deeper than {DEEPEST}.")
        return found


def _depth(found: Any) -> int:
    """How deep lists and objects stand in each other; it stops a little beyond what is allowed."""
    level, depth = [found], 0
    while level and depth <= DEEPEST:
        parts = [each for each in level if isinstance(each, (dict, list))]
        level = [each for part in parts for each in (part.values() if isinstance(part, dict) else part)]
        depth += bool(parts)
    return depth
