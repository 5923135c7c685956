"""/images: a picture comes in, is described, is found, and goes."""

import secrets
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test.utils import CaptureQueriesContext
from PIL import Image as Picture

from apps.accounts.models import User
from apps.common import outbox
from apps.media.models import Image, UploadPart
from apps.media.tests.pictures import make_image, picture, upload
from conftest import ApiFor

pytestmark = pytest.mark.django_db

IMAGES = "/api/v1/images"


@pytest.fixture(autouse=True)
def _media(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def send(client: Any, content: bytes, name: str = "harbour.png", **members: str) -> Any:
    return client.post(IMAGES, {"file": upload(content, name), **members}, format="multipart")


def path_of(address: str) -> Path:
    assert address.startswith("/media/images/")
    return Path(settings.MEDIA_ROOT) / address.removeprefix("/media/")


def test_picture_can_be_shown_at_once_and_has_its_renditions_after_the_job(api: ApiFor, author: User) -> None:
    client = api(author)
    response = send(client, picture("JPEG", size=(2400, 1600)), "Harbour.jpg", alt="A ferry.")

    assert response.status_code == 201, response.content
    image = response.json()
    assert response.headers["Location"] == f"{IMAGES}/{image['id']}"
    assert (image["state"], image["renditions"], image["name"], image["alt"]) == (
        "processing",
        [],
        "Harbour.jpg",
        "A ferry.",
    )
    assert (image["width"], image["height"]) == (1920, 1280)
    assert image["placeholder"].startswith("data:image/webp;base64,")
    assert len(image["placeholder"]) <= 200
    with Picture.open(path_of(image["url"])) as shown:
        assert (shown.format, shown.size) == ("JPEG", (1920, 1280))

    outbox.drain()

    ready = client.get(f"{IMAGES}/{image['id']}").json()
    assert ready["state"] == "ready"
    assert ready["url"] == image["url"]
    found = set()
    for rendition in ready["renditions"]:
        with Picture.open(path_of(rendition["url"])) as file:
            assert file.size == (rendition["width"], rendition["height"])
            assert f"image/{(file.format or '').lower()}" == rendition["type"]
        found.add((rendition["width"], rendition["type"]))
    assert found == {(width, kind) for width in (320, 640, 960, 1440, 1920) for kind in ("image/avif", "image/webp")}
    assert not UploadPart.objects.exists()


@pytest.mark.parametrize(
    ("width", "widths"), [(200, {200}), (700, {320, 640, 700}), (1500, {320, 640, 960, 1440, 1500})]
)
def test_nothing_is_enlarged(width: int, widths: set[int], api: ApiFor, author: User) -> None:
    client = api(author)
    image = send(client, picture(size=(width, 90))).json()
    outbox.drain()
    ready = client.get(f"{IMAGES}/{image['id']}").json()
    assert {rendition["width"] for rendition in ready["renditions"]} == widths


def test_transparency_stays(api: ApiFor, author: User) -> None:
    source = Picture.new("RGBA", (400, 300), (0, 0, 0, 0))
    source.paste((200, 10, 10, 255), (0, 0, 100, 300))
    from io import BytesIO

    output = BytesIO()
    source.save(output, "PNG")
    image = send(api(author), output.getvalue()).json()
    assert image["url"].endswith("/image.webp")
    assert image["placeholder"] == ""
    with Picture.open(path_of(image["url"])) as shown:
        assert shown.mode == "RGBA"


def test_library_holds_ones_own_pictures_the_newest_first(
    api: ApiFor, author: User, outsider: User, django_assert_max_num_queries: Any
) -> None:
    make_image(outsider)
    refused = send(api(author), b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert refused.status_code == 415
    first = make_image(author, alt="A lighthouse", name="a.jpg")
    second = make_image(author, alt="", name="Lighthouse 2.jpg")
    third = make_image(author, alt="A ferry", name="ferry.jpg")
    client = api(author)

    assert [row["id"] for row in client.get(IMAGES).json()["results"]] == [third.pk, second.pk, first.pk]
    assert [row["id"] for row in client.get(IMAGES, {"q": "LIGHTHOUSE"}).json()["results"]] == [second.pk, first.pk]
    page = client.get(IMAGES, {"limit": 2}).json()
    assert [row["id"] for row in client.get(page["next"]).json()["results"]] == [first.pk]


def test_library_costs_as_many_queries_whatever_its_size(api: ApiFor, author: User) -> None:
    from django.db import connection

    client = api(author)
    make_image(author)
    with CaptureQueriesContext(connection) as few:
        client.get(IMAGES)
    for _ in range(10):
        make_image(author)
    with CaptureQueriesContext(connection) as many:
        assert len(client.get(IMAGES).json()["results"]) == 11
    assert len(many) == len(few)


def test_picture_is_described_and_deleted_by_its_owner_alone(api: ApiFor, author: User, editor: User) -> None:
    image = make_image(author)
    path = f"{IMAGES}/{image.pk}"
    assert api(editor).patch(path, {"alt": "Mine"}).status_code == 404
    assert api(editor).delete(path).status_code == 404

    client = api(author)
    assert client.patch(path, {"alt": " A pier. "}).json()["alt"] == "A pier."
    assert client.patch(path, {"url": "x"}).status_code == 400
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404
    assert client.delete(path).status_code == 404


def test_files_of_a_deleted_picture_go_with_the_next_job(api: ApiFor, author: User) -> None:
    client = api(author)
    image = send(client, picture()).json()
    assert client.delete(f"{IMAGES}/{image['id']}").status_code == 204
    outbox.drain()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert Image.objects.get().removed_at is not None


def test_name_of_a_file_keeps_no_folders_and_nothing_invisible(api: ApiFor, author: User) -> None:
    name = f"C:\\secret\\{'x' * 300}\u202e.png"
    image = send(api(author), picture(), name).json()
    assert image["name"] == "x" * 200
    assert secrets.compare_digest(image["url"].rpartition("/")[2], "image.jpg")


def test_uploads_are_limited_by_the_hour(api: ApiFor, author: User, settings: Any) -> None:
    settings.IMAGE_UPLOADS_AN_HOUR = 3
    client = api(author)
    for content in (picture(), b"no image", picture()):
        send(client, content)
    response = send(client, picture())
    assert response.status_code == 429
    assert 3590 <= int(response.headers["Retry-After"]) <= 3600
