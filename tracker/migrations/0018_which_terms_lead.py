"""Each interest is found by its rarest field: see `queries.terms.leading`."""

from django.db import migrations

RAREST_FIRST = (
    "addressee",
    "recommendation",
    "body",
    "answered_by",
    "family",
    "report",
    "q",
    "theme",
    "publisher",
    "group",
    "implementation",
    "position",
    "status",
    "body_kind",
    "due_before",
    "due_after",
)

LEAD = """
UPDATE tracker_interestterm t SET leads = true
FROM (
    SELECT DISTINCT ON (interest_id) interest_id, field FROM tracker_interestterm
    ORDER BY interest_id, array_position(%s::varchar[], field)
) AS first
WHERE t.interest_id = first.interest_id AND t.field = first.field
"""


def lead(apps, schema_editor):
    schema_editor.execute(LEAD, [list(RAREST_FIRST)])


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0017_terms_that_lead"),
    ]

    operations = [migrations.RunPython(lead, migrations.RunPython.noop)]
