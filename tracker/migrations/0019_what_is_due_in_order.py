from django.db import migrations, models

DUE = models.Q(("endpoint__isnull", False), ("state__in", ["pending", "sending"]))


class Migration(migrations.Migration):
    """The calls of an endpoint that are due stand in the index in the order in which they are made."""

    dependencies = [
        ("tracker", "0018_which_terms_lead"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="message", name="message_call_due"),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=DUE, fields=["endpoint", "next_attempt_at", "id"], name="message_call_due"
            ),
        ),
    ]
