from django.db import migrations, models


class Migration(migrations.Migration):
    """An endpoint says that its owner deleted it, and a look when the archive is asked next."""

    dependencies = [
        ("tracker", "0024_challenge_lines"),
    ]

    operations = [
        migrations.AddField(
            model_name="endpoint",
            name="deleted_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="sourcelook",
            name="archive_next_at",
            field=models.DateTimeField(help_text="Empty: it was never asked.", null=True),
        ),
        migrations.AddConstraint(
            model_name="endpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("deleted_at", None), ("disabled_at__isnull", False), _connector="OR"),
                name="endpoint_deleted_is_disabled",
            ),
        ),
    ]
