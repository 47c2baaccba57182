"""The bodies that belong with one, so that a record does not break off where a department was renamed."""

from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from tracker.models import Body, Membership


def family_of(body: str, on: date) -> Q:
    """The public body of that name with its family; the condition is on `body`.

    Its parents and its parts, its successors and its predecessors, each at any distance and in one line: no
    sisters. Besides, the bodies that speak for a group it is a member of on the day, and the members on the day
    of the group that it speaks for. Only over public bodies: what stands between two of them as a draft parts them.
    """
    known, values = (
        Body.objects.public().order_by().values_list("pk", "parent", "successor").query.sql_with_params()
    )
    related = RawSQL(
        f"""
        WITH RECURSIVE known (id, parent, successor) AS NOT MATERIALIZED ({known}),
        way (line, later, earlier) AS NOT MATERIALIZED (
            SELECT 'tree', id, parent FROM known UNION ALL SELECT 'succession', successor, id FROM known
        ),
        asked (id) AS (SELECT k.id FROM known k JOIN tracker_body b USING (id) WHERE b.ref = %s),
        family (line, up, member) AS (
            SELECT line, up, id FROM asked, (VALUES ('tree'), ('succession')) AS lines (line),
                (VALUES (true), (false)) AS ways (up)
            UNION
            SELECT f.line, f.up, k.id
            FROM family f
            JOIN way w ON w.line = f.line AND f.member = CASE WHEN f.up THEN w.later ELSE w.earlier END
            JOIN known k ON k.id = CASE WHEN f.up THEN w.earlier ELSE w.later END
        )
        SELECT member FROM family
        """,
        [*values, body],
    )
    return Q(body__in=related) | Q(body__in=_spoken_with(body, on))


def _spoken_with(body: str, on: date) -> QuerySet:
    """Those who speak for it, and those for whom it speaks, on a day."""
    held = Membership.objects.public().as_of(on)
    speakers = Q(speaks_for__in=held.filter(body__ref=body).values("group"))
    named = Body.objects.public().filter(ref=body, speaks_for__isnull=False)
    spoken_for = Q(pk__in=held.filter(group__in=named.values("speaks_for")).values("body"))
    return Body.objects.public().filter(speakers | spoken_for).values("pk")
