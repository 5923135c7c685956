"""The same uploads with their files in a bucket that speaks S3."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from apps.accounts.models import User
from apps.common import outbox
from apps.media import storage
from apps.media.errors import StorageAway
from apps.media.models import Image
from apps.media.rendering import with_pictures
from apps.media.tests.pictures import picture, upload
from config.settings import media
from conftest import ApiFor

pytestmark = pytest.mark.django_db

PUBLIC = "https://files.example.org/byline"


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Any]:
    """An empty bucket, in which this installation keeps its files."""
    for name, value in {"REGION": "us-east-1", "ACCESS_KEY_ID": "key", "SECRET_ACCESS_KEY": "secret"}.items():
        monkeypatch.setenv(f"S3_{name}", value)
    monkeypatch.setattr(media, "S3_BUCKET", "byline")
    monkeypatch.setattr(media, "S3_PUBLIC_URL", PUBLIC)
    with mock_aws():
        resource = boto3.resource("s3", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
        made = resource.create_bucket(Bucket="byline")
        settings.MEDIA_ELSEWHERE = PUBLIC
        settings.STORAGES = {**settings.STORAGES, "default": media.media_storage()}
        yield made


def keys(bucket: Any) -> set[str]:
    return {item.key for item in bucket.objects.all()}


def test_picture_is_stored_shown_and_removed_in_the_bucket(bucket: Any, api: ApiFor, author: User) -> None:
    client = api(author)
    response = client.post("/api/v1/images", {"file": upload(picture(size=(700, 500)))}, format="multipart")
    assert response.status_code == 201, response.content
    outbox.drain()

    image = client.get(response.headers["Location"]).json()
    row = Image.objects.get()
    assert image["state"] == "ready"
    assert image["url"] == f"/media/{row.folder}/image.jpg"
    names = {f"{row.folder}/{name}" for name in row.files}
    assert keys(bucket) == names
    assert {rendition["url"] for rendition in image["renditions"]} == {
        f"{PUBLIC}/{name}" for name in names if not name.endswith(".jpg")
    }
    avif = bucket.Object(f"{row.folder}/640.avif").get()
    assert avif["ContentType"] == "image/avif"
    assert "immutable" in avif["CacheControl"]

    html = with_pictures(f'<p><img src="{image["url"]}" alt=""></p>')
    assert f'src="{PUBLIC}/{row.folder}/image.jpg"' in html
    assert f"{PUBLIC}/{row.folder}/320.webp 320w" in html
    moved = api().get(image["url"])
    assert (moved.status_code, moved.headers["Location"]) == (302, f"{PUBLIC}/{row.folder}/image.jpg")

    assert client.delete(response.headers["Location"]).status_code == 204
    outbox.drain()
    assert not keys(bucket)


def test_avatars_work_there_too(bucket: Any, api: ApiFor, reader: User) -> None:
    client = api(reader)
    response = client.put("/api/v1/me/avatar", {"file": upload(picture())}, format="multipart")
    assert response.status_code == 200
    assert len(keys(bucket)) == 8
    client.delete("/api/v1/me/avatar")
    outbox.drain()
    assert not keys(bucket)


def test_files_can_be_read_again(bucket: Any) -> None:
    storage.write_file("images/a/1.webp", b"one")
    storage.write_file("images/a/1.webp", b"two")
    assert storage.read_file("images/a/1.webp") == b"two"
    assert storage.read_file("images/a/2.webp") is None


def test_bucket_that_is_away_is_a_503_and_the_upload_can_be_tried_again(bucket: Any, api: ApiFor, author: User) -> None:
    bucket.delete()
    client = api(author)
    response = client.post("/api/v1/images", {"file": upload(picture())}, format="multipart")
    assert (response.status_code, response.json()["code"]) == (503, "storage_away")
    assert int(response.headers["Retry-After"]) > 0
    with pytest.raises(StorageAway):
        storage.write_file("images/a/1.webp", b"one")
