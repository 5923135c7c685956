"""Pictures of the publication, sent in the form of its record."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from apps.accounts.models import User
from apps.common.tests.admin_forms import change, read_form, signed_in
from apps.site.services import get_site

pytestmark = pytest.mark.django_db
FORM = "/admin/site/site/1/change/"


@pytest.mark.parametrize(("kind", "size"), [("logo", (1200, 300)), ("icon", (512, 512)), ("share_image", (1600, 400))])
def test_admin_sends_a_picture(
    kind: str, size: tuple[int, int], admin: User, django_capture_on_commit_callbacks: Any
) -> None:
    get_site()
    file = BytesIO()
    Image.new("RGBA", (3200, 800), (120, 30, 40, 128)).save(file, "WEBP")
    client = signed_in(admin)
    upload = SimpleUploadedFile("x.webp", file.getvalue(), content_type="image/webp")
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(FORM, change(read_form(client, FORM), **{f"{kind}_file": upload})).status_code == 302
    url = getattr(get_site(), f"{kind}_url")
    assert url.endswith(".png")
    with default_storage.open(url.removeprefix("/media/")) as stored:
        picture = Image.open(stored)
        assert (picture.format, picture.size, picture.mode) == ("PNG", size, "RGBA")
