import django.contrib.postgres.functions
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    """Partners call what they manage by a name that tells nothing. PostgreSQL draws one for each row there is."""

    dependencies = [
        ("tracker", "0014_people_follow_by_mail"),
    ]

    operations = [
        migrations.AddField(
            model_name="endpoint",
            name="ref",
            field=models.UUIDField(
                db_default=django.contrib.postgres.functions.RandomUUID(),
                default=uuid.uuid4,
                editable=False,
                unique=True,
            ),
        ),
        migrations.AddField(
            model_name="subscription",
            name="ref",
            field=models.UUIDField(
                db_default=django.contrib.postgres.functions.RandomUUID(),
                default=uuid.uuid4,
                editable=False,
                unique=True,
            ),
        ),
    ]
