"""The desk of the register's staff: Django's admin, one noun a file. Saving goes through actions."""

from tracker.admin import (  # noqa: F401
    addressee,
    alert,
    assessment,
    body,
    challenge,
    development,
    endpoint,
    event,
    group,
    importing,
    partner,
    proposal,
    recommendation,
    regime,
    report,
    response,
    silence,
    source,
    step,
    user,
)
