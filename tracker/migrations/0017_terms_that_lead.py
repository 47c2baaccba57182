from django.db import migrations, models


class Migration(migrations.Migration):
    """Which terms lead to their interest, and the index by which they are found."""

    dependencies = [
        ("tracker", "0016_imports_tell_when_they_began"),
    ]

    operations = [
        migrations.AddField(
            model_name="interestterm",
            name="leads",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddIndex(
            model_name="interestterm",
            index=models.Index(
                condition=models.Q(("leads", True)), fields=["field", "value"], name="interest_term_leads"
            ),
        ),
    ]
