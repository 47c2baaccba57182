from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0004_keys_and_proposals"),
    ]

    operations: list[migrations.operations.base.Operation] = []
