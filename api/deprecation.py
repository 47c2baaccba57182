"""What goes, with twelve months' notice (docs/api.md): told on every answer concerned, by RFC 9745 and RFC 8594.

An entry in `NOTICES` is all that a deprecation needs. From the day of `Sunset` its address answers 410.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock_time

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.http import http_date

LEAST_NOTICE = timedelta(days=365)


@dataclass(frozen=True)
class Notice:
    """Addresses that end: from when it is told, from when they are gone, and where it stands what to do instead.

    With `parameter` only requests that name it are concerned.
    """

    path: str
    begun_on: date
    ends_on: date
    instead: str
    parameter: str = ""

    def __post_init__(self) -> None:
        if self.ends_on - self.begun_on < LEAST_NOTICE:
            raise ValueError(f"{self.path}: at least {LEAST_NOTICE.days} days of notice were promised")

    def concerns(self, request: HttpRequest) -> bool:
        if not re.fullmatch(self.path, request.path_info):
            return False
        return not self.parameter or self.parameter in request.GET

    def tell(self, response: HttpResponseBase) -> None:
        links = [response.headers["Link"]] if "Link" in response.headers else []
        response.headers["Deprecation"] = f"@{_midnight(self.begun_on)}"
        response.headers["Sunset"] = http_date(_midnight(self.ends_on))
        response.headers["Link"] = ", ".join([*links, f'<{self.instead}>; rel="deprecation"'])


def _midnight(on: date) -> int:
    return int(datetime.combine(on, clock_time(), timezone.get_default_timezone()).timestamp())


# So far nothing is deprecated.
NOTICES: tuple[Notice, ...] = ()


def notice_of(request: HttpRequest) -> Notice | None:
    """The notice that concerns a request."""
    return next((each for each in NOTICES if each.concerns(request)), None)
