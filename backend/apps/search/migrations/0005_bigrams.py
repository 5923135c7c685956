"""Which words stand beside each other, so that PostgreSQL's index answers for phrases as well; and heads stay in their
rows, where they are read most.

Searching goes on meanwhile: the new index is made beside the old one. Until all rows have been filled anew, which begins
by itself, phrases are found in the newest rows and in those that have been done.
"""

from django.db import migrations

KINDS = ("post", "comment")
# Not in one transaction, so that nobody waits; each may be repeated after an interruption.
USE_BIGRAMS = """
ALTER TABLE search_{kind}_text ADD COLUMN IF NOT EXISTS bigrams integer[] NOT NULL DEFAULT '{{}}'
ALTER TABLE search_{kind}_text ALTER COLUMN title SET STORAGE MAIN, ALTER COLUMN names SET STORAGE MAIN
DROP INDEX CONCURRENTLY IF EXISTS search_{kind}_tokens
CREATE INDEX CONCURRENTLY search_{kind}_tokens ON search_{kind}_text USING gin (lexemes, bigrams) WITH (fastupdate = off)
DROP INDEX CONCURRENTLY IF EXISTS search_{kind}_lexemes
"""
USE_WORDS_ALONE = """
DROP INDEX CONCURRENTLY IF EXISTS search_{kind}_lexemes
CREATE INDEX CONCURRENTLY search_{kind}_lexemes ON search_{kind}_text USING gin (lexemes) WITH (fastupdate = off)
DROP INDEX CONCURRENTLY IF EXISTS search_{kind}_tokens
ALTER TABLE search_{kind}_text ALTER COLUMN title SET STORAGE EXTENDED, ALTER COLUMN names SET STORAGE EXTENDED
ALTER TABLE search_{kind}_text DROP COLUMN IF EXISTS bigrams
"""


def run(schema_editor, statements):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("SET statement_timeout = 0")
    for kind in KINDS:
        for statement in statements.format(kind=kind).strip().splitlines():
            schema_editor.execute(statement)
    schema_editor.execute("RESET statement_timeout")


def use_bigrams(apps, schema_editor):
    run(schema_editor, USE_BIGRAMS)


def use_words_alone(apps, schema_editor):
    run(schema_editor, USE_WORDS_ALONE)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("search", "0004_entries_of_rows")]

    operations = [migrations.RunPython(use_bigrams, use_words_alone)]
