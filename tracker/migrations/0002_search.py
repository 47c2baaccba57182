from django.db import migrations, models

from tracker.migrations._search import SEARCH


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0001_register"),
    ]

    operations = [
        *SEARCH,
        migrations.AddIndex(
            model_name="recommendation",
            index=models.Index(fields=["asked_latest", "ref"], name="recommendation_newest"),
        ),
    ]
