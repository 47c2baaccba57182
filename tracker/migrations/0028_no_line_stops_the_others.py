import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Lines that could not be told are remembered, who was warned, and how addressees stood before a line."""

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
        migrations.CreateModel(
            name="AddresseeWas",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "terms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=600), size=None
                    ),
                ),
                (
                    "addressee",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tracker.addressee",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tracker.event",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("addressee", "event"), name="addressee_was_once_a_line")
                ],
            },
        ),
    ]
