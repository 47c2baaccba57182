import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """Lines that could not be told are remembered, and who was warned that calls were given up."""

    dependencies = [
        ("tracker", "0027_a_planned_import_waits"),
    ]

    operations = [
        migrations.AddField(
            model_name="alertcursor",
            name="left_out",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), db_default=[], default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="endpoint",
            name="warned_at",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                help_text="When its owner read that calls were given up.",
                null=True,
            ),
        ),
    ]
