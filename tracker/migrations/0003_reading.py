from datetime import date

from django.db import migrations, models
from django.db.models.functions import Coalesce


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0002_search"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="body",
            index=models.Index(fields=["name"], name="body_by_name"),
        ),
        migrations.AddIndex(
            model_name="response",
            index=models.Index(
                Coalesce("answered_latest", models.Value(date(9999, 12, 31))), "ref", name="response_oldest"
            ),
        ),
        migrations.AddIndex(
            model_name="response",
            index=models.Index(
                Coalesce("answered_latest", models.Value(date(1, 1, 1))).desc(),
                "ref",
                name="response_newest",
            ),
        ),
    ]
