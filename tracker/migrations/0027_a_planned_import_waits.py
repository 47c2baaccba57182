from django.db import migrations, models


class Migration(migrations.Migration):
    """A planned import does not say that nothing is changed: an earlier plan of it may have been written in part."""

    dependencies = [
        ("tracker", "0001_squashed_0026_register"),
    ]

    operations = [
        migrations.AlterField(
            model_name="import",
            name="state",
            field=models.CharField(
                choices=[
                    ("uploaded", "uploaded: waits for a profile"),
                    ("planning", "being read and planned"),
                    ("planned", "planned: waits to be applied"),
                    ("stopped", "stopped: the feed looks broken"),
                    ("applying", "being applied"),
                    ("applied", "applied"),
                    ("undoing", "being undone"),
                    ("undone", "undone"),
                    ("refused", "refused: the file could not be read"),
                ],
                default="uploaded",
                max_length=8,
            ),
        ),
    ]
