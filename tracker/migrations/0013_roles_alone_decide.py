import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    """What somebody may do is their role and nothing else, and their user name, by which the ledger knows them, stays."""

    dependencies = [
        ("tracker", "0012_accounts_have_roles"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="user",
            name="groups",
        ),
        migrations.RemoveField(
            model_name="user",
            name="is_staff",
        ),
        migrations.RemoveField(
            model_name="user",
            name="is_superuser",
        ),
        migrations.RemoveField(
            model_name="user",
            name="user_permissions",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="name_never_changes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."username" IS DISTINCT FROM (NEW."username"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="46426fc8ea65319702d804906c7b5263de7c71c8",
                    operation="UPDATE",
                    pgid="pgtrigger_name_never_changes_2e28c",
                    table="tracker_user",
                    when="BEFORE",
                ),
            ),
        ),
    ]
