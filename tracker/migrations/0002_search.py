from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0001_register"),
    ]

    operations: list[migrations.operations.base.Operation] = []
