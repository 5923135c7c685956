"""What the engine of this database keeps its tokens in. Not models: they are the engine's own."""

from django.db import migrations

KINDS = ("post", "comment")
SQLITE = "CREATE VIRTUAL TABLE search_{kind}_text USING fts5(title, names, body, marks, tokenize='ascii', columnsize=0)"
POSTGRESQL = """
CREATE TABLE search_{kind}_text (
    position bigint PRIMARY KEY, lexemes tsvector NOT NULL, title text NOT NULL, names text NOT NULL, body text NOT NULL
);
-- What is long goes out of the row as far as it can, so that the rows that are walked stay narrow.
ALTER TABLE search_{kind}_text SET (toast_tuple_target = 128);
CREATE INDEX search_{kind}_lexemes ON search_{kind}_text USING gin (lexemes) WITH (fastupdate = off);
"""


def make_tables(apps, schema_editor):
    statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for kind in KINDS:
        schema_editor.execute(statements.format(kind=kind))


def drop_tables(apps, schema_editor):
    for kind in KINDS:
        schema_editor.execute(f"DROP TABLE search_{kind}_text")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(make_tables, drop_tables)]
