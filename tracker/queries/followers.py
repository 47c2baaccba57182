"""Who hears of a change: how many follow what some addressees stand in. For the previews of the desk."""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from tracker.models import Addressee
from tracker.queries.terms import FITTING, standings


def followers_of(addressees: Iterable[Addressee], on: date) -> int:
    """How many follow these addressees as they stand on a day; each reader counts once."""
    stand = standings([addressee.pk for addressee in addressees], on)
    held = [(state, *term) for state, each in enumerate(stand.values()) for term in each.terms]
    states, fields, values = (list(column) for column in zip(*held, strict=True)) if held else ([], [], [])
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH held (state, field, value) AS (
                SELECT * FROM unnest(%s::int[], %s::text[], %s::text[])
            ), {FITTING}
            SELECT count(*) FROM (
                SELECT DISTINCT s.user_id, s.address_id, s.endpoint_id
                FROM fitting f JOIN tracker_subscription s ON s.interest_id = f.interest
            ) AS readers
            """,
            [states, fields, values],
        )
        return cursor.fetchone()[0]
