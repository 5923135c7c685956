"""Find the pictures of the covers that there are. By itself: PostgreSQL changes no table whose rows it just changed."""

import re
from typing import Any

from django.conf import settings
from django.db import migrations

_OURS = re.compile(rf"{re.escape(settings.MEDIA_URL)}(images/[0-9a-f]{{24}})/[\w.]+")


def fill_cover_image(apps: Any, schema_editor: Any) -> None:
    """One query for the posts, and two for each of them."""
    posts = apps.get_model("posts", "Post").objects.order_by()
    pictures = apps.get_model("media", "Image").objects.filter(purpose="picture", retired_at=None).order_by()
    covers = posts.filter(cover_url__contains="/images/")
    for pk, address in list(covers.values_list("pk", "cover_url")):
        found = _OURS.fullmatch(address.removeprefix(settings.PUBLIC_URL))
        image = pictures.filter(folder=found[1]).values_list("pk", flat=True).first() if found else None
        if image is not None:
            posts.filter(pk=pk).update(cover_image=image)


class Migration(migrations.Migration):
    dependencies = [("posts", "0007_cover_image")]

    operations = [migrations.RunPython(fill_cover_image, migrations.RunPython.noop)]
