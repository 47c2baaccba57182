"""JSON, the one representation, and who gets it."""

from collections.abc import Mapping
from typing import Any

import orjson
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

ANY_FORM = "*/*"


def takes_anything(meta: Mapping[str, Any]) -> bool:
    """The caller, of whose request these are the headers, says nothing of the form of the answer."""
    return bool(meta.get("HTTP_ACCEPT", ANY_FORM) == ANY_FORM)


class Negotiation(DefaultContentNegotiation):
    """DRF's, which need not compare forms for whoever takes any."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        if format_suffix is None and takes_anything(request.META):
            return renderers[0], renderers[0].media_type
        return super().select_renderer(request, renderers, format_suffix)  # type: ignore[arg-type]


class Json(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None
    render_style = "binary"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        if isinstance(data, bytes):  # PostgreSQL made it: tracker/queries/listed_documents.py
            return data
        return b"" if data is None else orjson.dumps(data, default=str)
