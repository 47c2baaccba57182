import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A subscription names its interest, and no report any more."""

    dependencies = [
        ("tracker", "0008_follows_become_interests"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="subscription",
            name="subscription_once_a_report",
        ),
        migrations.RemoveField(
            model_name="subscription",
            name="report",
        ),
        migrations.AlterField(
            model_name="subscription",
            name="interest",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="subscriptions",
                to="tracker.interest",
            ),
        ),
    ]
