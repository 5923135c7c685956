from django.db import migrations, models

PART_SIZE = 2000


def note_present_changes(apps, schema_editor):
    """The files of the posts that there are already, each with its latest change."""
    changed = {}
    posts = apps.get_model("posts", "Post").objects.filter(status__in=["published", "scheduled", "archived"])
    for pk, updated_at in posts.order_by().values_list("pk", "updated_at").iterator(chunk_size=5000):
        number = (pk - 1) // PART_SIZE + 1
        changed[number] = max(updated_at, changed.get(number, updated_at))
    part = apps.get_model("feeds", "SitemapPart")
    part.objects.bulk_create([part(number=number, changed_at=at) for number, at in sorted(changed.items())])


class Migration(migrations.Migration):
    initial = True

    dependencies = [("posts", "0005_threads")]

    operations = [
        migrations.CreateModel(
            name="SitemapPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True)),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.RunPython(note_present_changes, migrations.RunPython.noop),
    ]
