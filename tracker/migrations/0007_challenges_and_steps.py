from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0006_endpoints_and_subscriptions"),
    ]

    operations: list[migrations.operations.base.Operation] = []
