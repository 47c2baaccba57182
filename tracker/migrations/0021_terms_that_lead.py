"""Each interest is found by its rarest field: see `queries.terms.leading`."""

from django.db import migrations, models

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
    """The column, what it holds, then the index: nothing but terms of filters, which are few."""

    dependencies = [
        ("tracker", "0019_imports_tell_when_they_began"),
    ]

    operations = [
        migrations.AddField(
            model_name="interestterm",
            name="leads",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(lead, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="interestterm",
            index=models.Index(
                condition=models.Q(("leads", True)), fields=["field", "value"], name="interest_term_leads"
            ),
        ),
    ]
