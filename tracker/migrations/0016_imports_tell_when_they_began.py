from django.db import migrations, models


class Migration(migrations.Migration):
    """When a worker began with an import: how fast it goes, and when it will be done, follow from it."""

    dependencies = [
        ("tracker", "0015_endpoints_and_subscriptions_have_names"),
    ]

    operations = [
        migrations.AddField(
            model_name="import",
            name="begun_at",
            field=models.DateTimeField(blank=True, help_text="When a worker began with it.", null=True),
        ),
    ]
