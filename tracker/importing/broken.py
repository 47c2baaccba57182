"""Whether a feed looks broken, once its rows are planned: then nothing is changed by it until a person says so."""

from django.db import connection

from tracker.importing.applying import what_stands
from tracker.models import Import, ImportRow
from tracker.vocabulary import ImportState, Outcome

# More than one in so many known rows that lose their bodies, or turn back to unanswered: the feed is broken.
BROKEN_IF_OVER = 10


def stop_if_broken(of: Import, *, known: int) -> None:
    """Planned; or stopped, where too many of the known rows have lost what is known of them, or their names."""
    broken = ImportRow.objects.filter(of=of, broken=True).count()
    renamed = _renamed(of) if known and of.counts.get("gone") and of.counts.get(Outcome.NEW) else 0
    of.state, of.said = ImportState.PLANNED, what_stands(of)
    wrong = [
        f"{count} of {known} known rows {what}."
        for count, what in (
            (broken, "have lost their bodies, or turned back to unanswered"),
            (renamed, "are gone, and come again as new under other references: all would be entered twice"),
        )
        if count * BROKEN_IF_OVER > known
    ]
    if wrong:
        of.state = ImportState.STOPPED
        of.said = (
            f"{' '.join(wrong)} The feed looks broken: nothing is changed by it. Get a whole file; or, if it is right,"
            f" say so and why. {what_stands(of)}"
        ).rstrip()


def _renamed(of: Import) -> int:
    """How many new rows ask the same of the same bodies as rows that are gone."""
    what = "md5(concat({0}.said->'ask'->>'title', chr(31), {0}.said->'ask'->>'text', chr(31), {0}.said->'names'))"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH gone AS MATERIALIZED (
                SELECT DISTINCT {what.format("k")} AS what FROM tracker_importrow k
                WHERE k.feed = %(feed)s AND k.applied AND NOT EXISTS (
                    SELECT 1 FROM tracker_importrow r WHERE r.of_id = %(of)s AND r.key = k.key AND r.outcome <> '')
            )
            SELECT count(*) FROM tracker_importrow r JOIN gone ON gone.what = {what.format("r")}
            WHERE r.of_id = %(of)s AND r.outcome = %(new)s
            """,
            {"feed": of.feed, "of": of.pk, "new": Outcome.NEW.value},
        )
        return cursor.fetchone()[0]
