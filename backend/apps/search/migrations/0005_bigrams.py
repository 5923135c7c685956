"""Which words stand beside each other, so that PostgreSQL's index answers for phrases as well; and heads stay in their
rows, where they are read most.

Until the index has been made anew, which begins by itself, phrases are found in the newest rows and in those that have
been done.
"""

from django.db import migrations

KINDS = ("post", "comment")
USE_BIGRAMS = """
ALTER TABLE search_{kind}_text ADD COLUMN bigrams integer[] NOT NULL DEFAULT '{{}}';
ALTER TABLE search_{kind}_text ALTER COLUMN title SET STORAGE MAIN, ALTER COLUMN names SET STORAGE MAIN;
DROP INDEX search_{kind}_lexemes;
CREATE INDEX search_{kind}_tokens ON search_{kind}_text USING gin (lexemes, bigrams) WITH (fastupdate = off);
"""
USE_WORDS_ALONE = """
DROP INDEX search_{kind}_tokens;
ALTER TABLE search_{kind}_text ALTER COLUMN title SET STORAGE EXTENDED, ALTER COLUMN names SET STORAGE EXTENDED;
ALTER TABLE search_{kind}_text DROP COLUMN bigrams;
CREATE INDEX search_{kind}_lexemes ON search_{kind}_text USING gin (lexemes) WITH (fastupdate = off);
"""


def run(schema_editor, statements):
    if schema_editor.connection.vendor == "postgresql":
        for kind in KINDS:
            schema_editor.execute(statements.format(kind=kind))


def use_bigrams(apps, schema_editor):
    run(schema_editor, USE_BIGRAMS)


def use_words_alone(apps, schema_editor):
    run(schema_editor, USE_WORDS_ALONE)


class Migration(migrations.Migration):
    dependencies = [("search", "0004_entries_of_rows")]

    operations = [migrations.RunPython(use_bigrams, use_words_alone)]
