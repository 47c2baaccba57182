import django.db.models.deletion
from django.db import migrations, models

from tracker.migrations._together import Together


class Migration(migrations.Migration):
    """Two checks for each of a hundred thousand rows that no deletion can make fail: a quarter of a fan-out's time."""

    dependencies = [
        ("tracker", "0028_no_line_stops_the_others"),
    ]

    operations = [
        Together(
            [
                migrations.AlterField(
                    model_name="message",
                    name="endpoint",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="tracker.endpoint",
                    ),
                ),
                migrations.AlterField(
                    model_name="notice",
                    name="message",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="tracker.message",
                    ),
                ),
            ]
        ),
    ]
