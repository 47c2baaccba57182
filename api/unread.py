"""What is answered where gunicorn could not read a request: it meets no middleware, but its answer is a problem too."""

import socket
from http import HTTPStatus

from gunicorn.util import write_nonblock

from api.errors import MEDIA_TYPE, problem

LONGEST_DETAIL = 200


def write_problem(client: socket.socket, status: int, reason: str, message: str) -> None:
    """In the place of gunicorn's page of HTML. Whether it was asked under /api/ is not known: all get the problem."""
    detail = message[:LONGEST_DETAIL].encode(errors="replace").decode()
    body = problem(status, detail=detail if status < HTTPStatus.INTERNAL_SERVER_ERROR else "")
    head = (
        f"HTTP/1.1 {status} {reason}\r\nConnection: close\r\nCache-Control: no-store\r\n"
        f"Content-Type: {MEDIA_TYPE}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    write_nonblock(client, head.encode() + body)
