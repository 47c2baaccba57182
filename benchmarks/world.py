"""A register as large as wanted, filled by SQL in minutes: the world that measurements are made in.

`python -m benchmarks.world [--asks N] [--addressees N] [--seed N]` fills the database of DATABASE_URL, which must be
migrated and empty; `fill()` does the same from Python. One seed gives one world, row by row.

It takes one short cut, and says so: rows are written past the triggers, and their lines bear no content, as if it
were erased (the kind, the subject, the time and both numbers are there: `updated_at`, `updated_since`, the head and
cursors read them). So `check_ledger` does not hold for it, and `changes` shows erased lines.
"""

import argparse
import os
import random
import time
from functools import partial
from typing import Any

import django
from django.apps import apps
from django.db import connection, models, transaction

from benchmarks.world_rows import PHRASES, World, rows_of


def fill(world: World, *, say: Any = lambda _: None) -> None:
    """Fill a register; one that was filled before is measured as it is. The rows come in the order of their links."""
    if apps.get_model("tracker", "Addressee").objects.exists():
        say("a world is there")
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SET LOCAL synchronous_commit = off")
        cursor.execute("SET LOCAL work_mem = '256MB'")
        _tools(cursor, world)
        for name, source, columns in rows_of(world):
            started = time.perf_counter()
            if columns:
                _insert(cursor, apps.get_model("tracker", name), source, columns)
                table = apps.get_model("tracker", name)._meta.db_table
            else:
                cursor.execute(f"CREATE TEMP TABLE {name} ON COMMIT DROP AS SELECT * FROM {source}")
                table = name
            say(f"{name}: {cursor.rowcount:,} rows in {time.perf_counter() - started:.1f} s")
            cursor.execute(f"ANALYZE {table}")
        _lines(cursor)
        _sequences(cursor)
        cursor.execute("SET LOCAL session_replication_role = origin")
    with connection.cursor() as cursor:
        if not connection.in_atomic_block:
            cursor.execute("VACUUM ANALYZE")
    say("filled")


def _tools(cursor: Any, world: World) -> None:
    """What the statements below are written with: numbers drawn from a row's own number, and phrases."""
    cursor.execute(
        f"""
        CREATE OR REPLACE FUNCTION pg_temp.pick(n bigint, salt integer, below integer) RETURNS integer
        LANGUAGE sql IMMUTABLE
        RETURN mod(hashint8extended(n, {world.seed * 1000} + salt) & 9223372036854775807, below)::integer;
        CREATE OR REPLACE FUNCTION pg_temp.chance(n bigint, salt integer, percent integer) RETURNS boolean
        LANGUAGE sql IMMUTABLE RETURN pg_temp.pick(n, salt, 100) < percent;
        CREATE OR REPLACE FUNCTION pg_temp.one_of(n bigint, salt integer, words text[]) RETURNS text
        LANGUAGE sql IMMUTABLE RETURN words[1 + pg_temp.pick(n, salt, cardinality(words))];
        CREATE OR REPLACE FUNCTION pg_temp.morning(d date, n bigint) RETURNS timestamptz
        LANGUAGE sql IMMUTABLE RETURN (d + time '09:00') AT TIME ZONE 'UTC'
            + mod(n, 2) * pg_temp.pick(n, 99, 3000000) * interval '1 microsecond';
        CREATE TEMP TABLE phrase (number integer PRIMARY KEY, words text NOT NULL) ON COMMIT DROP
        """
    )
    with cursor.copy("COPY phrase FROM STDIN") as copy:
        for number, words in enumerate(_phrases(world.seed)):
            copy.write_row((number, words))
    cursor.execute("ANALYZE phrase")
    for name in ("proposer", "seconder"):
        cursor.execute(
            "INSERT INTO tracker_user (password, username, first_name, last_name, email, role, is_active,"
            " date_joined) VALUES ('!', %s, '', '', '', 'publisher', true, '2014-01-01')",
            [f"{name}-of-the-world"],
        )


COMMON = """
the of and to a in that be for on by with it as are not this from police victims data officers review guidance report
home office immigration training women abuse domestic services force chief constables national safety information
sharing enforcement status support access evidence records publish within months
"""
SYLLABLES = "ba cor den el fra gil hom in jo kes lun mar nor op pel qui rus sta tor ul ver wyn yar zed"


def _phrases(seed: int) -> list[str]:
    """Sentences of common words and rare ones, as texts have them: a few words are everywhere, most hardly anywhere."""
    choice = random.Random(seed)
    rare = ["".join(choice.choices(SYLLABLES.split(), k=choice.randint(2, 4))) for _ in range(6000)]
    words = [*COMMON.split(), *rare]
    weights = [1 / (n + 2) for n in range(len(words))]
    return [
        " ".join(choice.choices(words, weights=weights, k=choice.randint(12, 40))).capitalize() + "."
        for _ in range(PHRASES)
    ]


def _insert(cursor: Any, model: type[models.Model], source: str, columns: dict[str, str]) -> None:
    """INSERT … SELECT, with the default of the model for every column that is not given and must not be null."""
    given, defaults = dict(columns), []
    if hasattr(model, "ancestors"):
        given = {"updated_at": "COALESCE(published, made)", "published_at": "published", **given}
    for field in model._meta.concrete_fields:
        left_out = field.null or field.primary_key or isinstance(field, models.GeneratedField)
        if field.column in given or left_out or field.db_default is not models.NOT_PROVIDED:
            continue
        given[field.column] = f"%s::{field.db_type(connection)}"
        defaults.append(field.get_db_prep_save(field.get_default(), connection))
    cursor.execute(
        f"INSERT INTO {model._meta.db_table} ({', '.join(given)})"  # the columns, in the order of what is selected
        f" OVERRIDING SYSTEM VALUE SELECT {', '.join(given.values())} FROM {source}",
        defaults or None,
    )


def _lines(cursor: Any) -> None:
    """A line for each fact, in order of time: public where it was published, private where it is a draft."""
    facts = [model for model in apps.get_models() if hasattr(model, "noun") and hasattr(model, "ancestors")]
    told = " UNION ALL ".join(
        f"SELECT '{model.noun.value}' AS noun, id, published_at, updated_at FROM {model._meta.db_table}"
        for model in facts
    )
    cursor.execute(
        f"""
        INSERT INTO tracker_event (kind, subject_type, subject_id, is_public, occurred_on, recorded_at, role, action,
                                   public_hash, staff_hash)
        SELECT noun || CASE WHEN published_at IS NULL THEN '.recorded' ELSE '.published' END, noun, id,
               published_at IS NOT NULL, updated_at::date, updated_at, 'loader', md5(noun || id)::uuid,
               CASE WHEN published_at IS NOT NULL THEN sha256('public') END, sha256('staff')
        FROM ({told}) AS told ORDER BY told.updated_at, told.noun, told.id;
        INSERT INTO tracker_seal (number, event_id, leaf, hash)
        SELECT row_number() OVER (ORDER BY id), id, sha256('leaf'), sha256(id::text::bytea) FROM tracker_event;
        INSERT INTO tracker_publicseal (number, event_id, leaf, hash)
        SELECT row_number() OVER (ORDER BY id), id, public_hash, sha256(id::text::bytea) FROM tracker_event
        WHERE is_public;
        INSERT INTO tracker_ledgerhead (id, number, hash, public_number, public_hash, epoch)
        SELECT 1, (SELECT count(*) FROM tracker_seal), sha256('leaf'), (SELECT count(*) FROM tracker_publicseal),
               sha256('public'), md5('epoch')::uuid
        """
    )


def _sequences(cursor: Any) -> None:
    """The next row that is entered gets the next number."""
    for model in apps.get_app_config("tracker").get_models():
        key = model._meta.pk
        if isinstance(key, models.AutoField | models.BigAutoField):
            table = model._meta.db_table
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', '{key.column}'),"
                f" COALESCE(max({key.column}), 1)) FROM {table}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("asks", "addressees", "seed"):
        parser.add_argument(f"--{name}", type=int, default=getattr(World, name))
    fill(World(**vars(parser.parse_args())), say=partial(print, flush=True))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.config.settings")
    django.setup()
    main()
