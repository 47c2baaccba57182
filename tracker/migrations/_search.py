"""What the search reads: a column of words on each noun's own row, worked out by the database, and its indexes.

The columns are no fields of the models: nobody reads them but `queries/search.py`, and no other query should carry
them. They need no line of the ledger and no trigger: the database works them out when the row is written.
"""

from django.db import migrations

# English words, whatever accents they are written with.
_LANGUAGE = """
CREATE TEXT SEARCH CONFIGURATION register (COPY = english);
ALTER TEXT SEARCH CONFIGURATION register ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem
"""

# Immutable, for a generated column and an index: PostgreSQL calls array_to_string and unaccent stable, for what they
# might do with other types and other dictionaries. Parsed here, so that a restore needs no search path.
_FOLDED = """
CREATE FUNCTION register_folded(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN lower(unaccent('unaccent'::regdictionary, words));
CREATE FUNCTION register_names(name text, other_names text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN register_folded(concat_ws(' · ', name, array_to_string(other_names, ' · ')))
"""
_UNFOLDED = "DROP FUNCTION register_names(text, text[]); DROP FUNCTION register_folded(text)"

_WEIGHED = "setweight(to_tsvector('register', {column}), '{weight}')"

# Titles before texts before conditions.
WORDS = {
    "report": {"title": "A"},
    "recommendation": {"title": "A", "quote": "B", "text": "C"},
    "response": {"title": "A"},
    "answer": {"summary": "B", "quote": "B", "conditions": "C", "waits_for": "C"},
    "body": {"register_names(name, other_names)": "A"},
}


def _words(noun: str) -> list[migrations.RunSQL]:
    """A column and its index. Without a list of pending entries: a reader would search it row by row."""
    weighed = " || ".join(
        _WEIGHED.format(column=column, weight=weight) for column, weight in WORDS[noun].items()
    )
    return [
        migrations.RunSQL(
            f"ALTER TABLE tracker_{noun} ADD COLUMN words tsvector GENERATED ALWAYS AS ({weighed}) STORED",
            f"ALTER TABLE tracker_{noun} DROP COLUMN words",
        ),
        migrations.RunSQL(
            f"CREATE INDEX {noun}_words ON tracker_{noun} USING gin (words) WITH (fastupdate = off)",
            f"DROP INDEX {noun}_words",
        ),
    ]


SEARCH = [
    migrations.RunSQL(_LANGUAGE, "DROP TEXT SEARCH CONFIGURATION register"),
    migrations.RunSQL(_FOLDED, _UNFOLDED),
    *(operation for noun in WORDS for operation in _words(noun)),
    migrations.RunSQL(
        "CREATE INDEX body_names_trigrams ON tracker_body"
        " USING gin (register_names(name, other_names) gin_trgm_ops)",
        "DROP INDEX body_names_trigrams",
    ),
]
