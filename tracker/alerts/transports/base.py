"""What every way of sending has: one method and one exception."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Mail:
    """What is sent. The same fields make the same bytes, however often it is sent.

    `unsubscribe` is where one click of the reader's mail program stops all mail to them (RFC 8058).
    """

    message_id: str
    to: str
    subject: str
    text: str
    html: str
    dated_at: datetime
    unsubscribe: str = ""


class TransportError(Exception):
    """It was not sent. `permanent`: trying again would change nothing. `nobody`: nobody has this address.

    `perhaps`: the connection broke, and it may have been taken all the same.
    """

    def __init__(
        self, message: str, *, permanent: bool = False, nobody: bool = False, perhaps: bool = False
    ) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.nobody = nobody
        self.perhaps = perhaps


class Transport(Protocol):
    """One way of sending."""

    def send(self, mail: Mail) -> None:
        """Hand it over. Raises TransportError if it was not taken."""
