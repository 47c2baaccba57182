"""Signatures of calls, as Standard Webhooks 1.0 has them: HMAC-SHA256 over id, moment and body."""

import base64
import secrets
from datetime import UTC, datetime
from functools import lru_cache

from standardwebhooks import Webhook

from tracker.models import Endpoint

# As the specification asks: between 24 and 64 bytes.
_SECRET_BYTES = 32


def new_secret() -> str:
    """A secret in the spelling that the libraries of Standard Webhooks read."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def signed_headers(endpoint: Endpoint, message_id: str, body: bytes, at: datetime) -> dict[str, str]:
    """The three headers of a call. While the secret is being changed both sign: who knows either can verify."""
    both = [endpoint.secret]
    if endpoint.old_secret_until and endpoint.old_secret_until > at:
        both.append(endpoint.old_secret)
    text = body.decode()
    moment = at.astimezone(UTC)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(_signer(secret).sign(message_id, moment, text) for secret in both),
    }


@lru_cache(maxsize=1_000)
def _signer(secret: str) -> Webhook:
    return Webhook(secret)
