from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0005_imports"),
    ]

    operations: list[migrations.operations.base.Operation] = []
