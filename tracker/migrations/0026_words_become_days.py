from django.db import migrations

FORWARDS = """
UPDATE tracker_endpoint SET deleted_at = disabled_at WHERE disabled_because = 'deleted by its owner';
UPDATE tracker_sourcelook SET archive_job = '', archive_next_at = substr(archive_job, 8)::date
WHERE archive_job ~ '^failed [0-9]{4}-[0-9]{2}-[0-9]{2}$';
"""


class Migration(migrations.Migration):
    """What was recognised by its words, deleted endpoints and copies that failed, is known by its day."""

    dependencies = [
        ("tracker", "0025_endpoints_are_deleted"),
    ]

    operations = [migrations.RunSQL(FORWARDS, migrations.RunSQL.noop)]
