"""A register that began early and one that begins today have the same tables."""

import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import environ
import psycopg
import pytest
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

# What a database is made of, in words. Not the order of the columns: one that was added later stands last.
SHAPE = """
SELECT 'column', table_name, column_name, concat_ws(' ', data_type, character_maximum_length, is_nullable,
    column_default, generation_expression, identity_generation)
FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL
SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = 'public'::regnamespace
UNION ALL
SELECT 'index', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL
SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL
SELECT 'function', proname, '', pg_get_functiondef(oid) FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND prokind = 'f' AND proname ~ '^(register|pgtrigger)_'
UNION ALL
SELECT 'table', relname, relkind::text, concat_ws(' ', relpersistence, obj_description(oid)) FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm', 'S')
UNION ALL
SELECT 'extension', extname, '', '' FROM pg_extension
UNION ALL
SELECT 'words', cfgname, t.alias, array_agg(mapdict::regdictionary ORDER BY mapseqno)::text
FROM pg_ts_config c JOIN pg_ts_config_map m ON m.mapcfg = c.oid
JOIN ts_token_type(c.cfgparser) t ON t.tokid = m.maptokentype
WHERE cfgname = 'register' GROUP BY cfgname, t.alias
"""


# A column that was renamed kept the names of its indexes.
KEPT_NAMES = re.compile(r"tracker_address_(folded|digest)_(?:\w+_)?(like|key|not_null)\b")


def shape() -> set[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(SHAPE)
        return {tuple(KEPT_NAMES.sub(r"\2", word) for word in row) for row in cursor.fetchall()}


@contextmanager
def empty_database(database_url: str) -> Iterator[None]:
    """The default connection speaks to a database of its own that has no tables."""
    server = environ.Env.db_url_config(database_url)
    name = f"migrating_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(
        host=server["HOST"],
        port=server["PORT"] or None,
        user=server["USER"],
        password=server["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    ) as keeper:
        keeper.execute(f"CREATE DATABASE {name}")
        tests_own = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = name
        try:
            yield
        finally:
            connections["default"].close()
            connection.settings_dict["NAME"] = tests_own
            keeper.execute(f"DROP DATABASE {name} WITH (FORCE)")


def executor_of_each() -> MigrationExecutor:
    """Every migration by itself, none in place of others."""
    executor = MigrationExecutor(connection)
    executor.loader = MigrationLoader(connection, replace_migrations=False)
    return executor


def migrated_to(
    database_url: str, executor: Callable[[], MigrationExecutor], name: str
) -> set[tuple[str, ...]]:
    """The shape of a database that is migrated to one of our own migrations, and with all others' to their last."""
    with empty_database(database_url):
        migrating = executor()
        others = [leaf for leaf in migrating.loader.graph.leaf_nodes() if leaf[0] != "tracker"]
        migrating.migrate([("tracker", name), *others])
        known = MigrationRecorder(connection).applied_migrations()
        assert ("tracker", "0026_words_become_days") in known
        return shape()


@pytest.mark.faults  # none of them changes any more
@pytest.mark.django_db(transaction=True)
def test_one_migration_makes_what_26_made(database_url: str) -> None:
    at_once = migrated_to(database_url, lambda: MigrationExecutor(connection), "0001_squashed_0026_register")
    one_by_one = migrated_to(database_url, executor_of_each, "0026_words_become_days")
    assert len(at_once) > 1000
    assert sorted(one_by_one - at_once) == []
    assert sorted(at_once - one_by_one) == []


@pytest.mark.django_db(transaction=True)
def test_a_register_that_has_the_26_makes_no_table_twice() -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("tracker", "0001_squashed_0026_register")
    try:
        now = MigrationExecutor(connection)
        assert now.migration_plan(now.loader.graph.leaf_nodes()) == []
    finally:
        recorder.record_applied("tracker", "0001_squashed_0026_register")
