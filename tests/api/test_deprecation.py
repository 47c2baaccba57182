"""What goes is told twelve months before, on every answer concerned; then it is gone."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client

from api import deprecation
from api.deprecation import NOTICES, Notice, notice_of
from tests.api.test_manners import told

GROUPS = Notice(
    path=r"/api/v1/groups/.*",
    begun_on=date(2026, 7, 1),
    ends_on=date(2027, 7, 1),
    instead="https://register.example/docs#groups",
)


def test_nothing_is_deprecated_yet_and_the_document_says_so() -> None:
    assert NOTICES == ()


@pytest.mark.django_db
def test_every_answer_concerned_says_since_when_until_when_and_what_instead(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deprecation, "NOTICES", (GROUPS,))
    with time_machine.travel(datetime(2027, 6, 30, 22, 59, tzinfo=UTC), tick=False):  # 23:59 in London
        for place, status in (("", 200), ("never/", 404), ("?x=1", 400)):
            for method in (client.get, client.head):
                answer = method(f"/api/v1/groups/{place}")
                assert answer.status_code == status
                assert (
                    answer.headers["Deprecation"]
                    == f"@{int(datetime(2026, 6, 30, 23, tzinfo=UTC).timestamp())}"
                )
                assert answer.headers["Sunset"] == "Wed, 30 Jun 2027 23:00:00 GMT"
                assert '<https://register.example/docs#groups>; rel="deprecation"' in answer.headers["Link"]
        other = client.get("/api/v1/bodies/")
        assert "Deprecation" not in other.headers and "Sunset" not in other.headers
        shown = other.headers["Access-Control-Expose-Headers"]
        assert "Deprecation" in shown and "Sunset" in shown


@pytest.mark.django_db
def test_from_its_last_day_the_address_is_gone(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deprecation, "NOTICES", (GROUPS,))
    with time_machine.travel(datetime(2027, 6, 30, 23, 0, tzinfo=UTC), tick=False):
        answer = client.get("/api/v1/groups/")
        assert told(answer)["status"] == 410
        assert 'rel="deprecation"' in answer.headers["Link"]
        assert client.get("/api/v1/bodies/").status_code == 200


def test_a_parameter_goes_by_itself(rf: object, monkeypatch: pytest.MonkeyPatch) -> None:
    notice = Notice(GROUPS.path, GROUPS.begun_on, GROUPS.ends_on, GROUPS.instead, parameter="ordering")
    monkeypatch.setattr(deprecation, "NOTICES", (notice,))
    assert notice_of(rf.get("/api/v1/groups/?ordering=name")) is notice  # type: ignore[attr-defined]
    assert notice_of(rf.get("/api/v1/groups/")) is None  # type: ignore[attr-defined]


def test_less_notice_than_was_promised_cannot_be_written_down() -> None:
    with pytest.raises(ValueError, match="promised"):
        Notice(GROUPS.path, date(2026, 7, 1), date(2027, 6, 30), GROUPS.instead)
