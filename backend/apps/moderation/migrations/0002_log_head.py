from django.db import migrations, models

TRIGGER = """
CREATE FUNCTION moderation_log_is_append_only() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'rows of the moderation log are never changed or removed';
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER moderation_log_append_only BEFORE UPDATE OR DELETE ON moderation_decision
    FOR EACH ROW EXECUTE FUNCTION moderation_log_is_append_only();
"""
NO_TRIGGER = """
DROP TRIGGER moderation_log_append_only ON moderation_decision;
DROP FUNCTION moderation_log_is_append_only();
"""


def guard(apps, schema_editor):
    """On PostgreSQL the database itself refuses. (Tests on SQLite empty tables row by row.)"""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(TRIGGER)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(NO_TRIGGER)


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="LogHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveBigIntegerField(default=0)),
                ("hash", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.RunPython(guard, unguard),
    ]
