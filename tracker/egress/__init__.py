"""The only code that calls an address somebody typed in: one guarded HTTP client.

`check_url` says whether an address may be typed in at all; `Client.call` calls it. Both raise `Forbidden`; a call
that found nobody raises `NoAnswer`. What they say may be shown to whoever typed the address in.
"""

from tracker.egress.addresses import Forbidden, check_address, check_url
from tracker.egress.client import Answer, Client, NoAnswer

__all__ = ["Answer", "Client", "Forbidden", "NoAnswer", "check_address", "check_url"]
