"""Schemathesis, with all its checks, over the whole OpenAPI description: made-up requests, sound and unsound."""

import pytest
import schemathesis
from pytest_django.live_server_helper import LiveServer
from schemathesis import engine
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events

from tests.api.conftest import build
from tests.api.partner import partner_key

# No schema can say which cursor was signed here, which name is a public one's, or that a day has come: a request that
# fits the description may be answered by 400 (410: a cursor of another history), always naming the parameter.
ACCEPTED = ["2xx", "304", "400", "401", "403", "404", "409", "410", "429"]


SMALL, THOUSANDS = 4, 40
PROPOSE = "POST /api/v1/proposals/"


def configured(key: str, examples: int) -> SchemathesisConfig:
    """A small share has no sequences of requests, and not each boundary of each value."""
    small = examples < THOUSANDS
    return SchemathesisConfig.from_dict(
        {
            "phases": {"stateful": {"enabled": not small}, "coverage": {"enabled": not small}},
            "seed": 1,
            "workers": 1,
            "auth": {"openapi": {"partnerKey": {"bearer": key}}},
            "generation": {
                "max-examples": examples,
                "mode": "all",
                "deterministic": True,
                "database": "none",
            },
            "checks": {"positive_data_acceptance": {"expected-statuses": ACCEPTED}},
        }
    )


def failures(address: str, examples: int) -> tuple[list[str], int]:
    """What Schemathesis has to complain of, and how many requests it made."""
    build()
    _, key = partner_key()
    schema = schemathesis.openapi.from_url(f"{address}/api/schema/", config=configured(key, examples))
    found, asked, opened = [], 0, set()
    for event in engine.from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            asked += len(event.recorder.cases)
            answered = [each.response for each in event.recorder.interactions.values() if each.response]
            opened |= {each.status_code for each in answered} if event.label == PROPOSE else set()
            for checks in event.recorder.checks.values():
                found += [
                    f"{event.label} {each.name}: {each.failure_info.failure}\n{each.failure_info.code_sample}"
                    for each in checks
                    if each.failure_info is not None
                ]
        if isinstance(event, events.NonFatalError | events.FatalError):
            found.append(str(getattr(event, "value", None) or event.exception))
    assert opened & {201, 400}, f"the key was not sent: {opened}"
    return sorted(set(found)), asked


@pytest.mark.django_db(transaction=True)
def test_no_made_up_request_is_answered_otherwise_than_described(live_server: LiveServer) -> None:
    """A small share of the long run."""
    found, asked = failures(live_server.url, SMALL)
    assert found == [], "\n\n".join(found)
    assert asked > 50


@pytest.mark.faults
@pytest.mark.django_db(transaction=True)
def test_thousands_of_made_up_requests_are_answered_as_described(live_server: LiveServer) -> None:
    found, asked = failures(live_server.url, THOUSANDS)
    assert found == [], "\n\n".join(found)
    assert asked > 2_000
