"""/images/uploads: what arrived is kept, whatever breaks; any tus client finds its way."""

import base64
from datetime import timedelta
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from apps.accounts.models import User
from apps.common import outbox
from apps.media import tasks
from apps.media.errors import OffsetConflict
from apps.media.models import Image, Upload, UploadPart
from apps.media.services import resumable
from apps.media.services.library import MAX_PICTURE_BYTES
from apps.media.tests.pictures import picture
from conftest import ApiFor

pytestmark = pytest.mark.django_db

UPLOADS = "/api/v1/images/uploads"
TUS = {"Tus-Resumable": "1.0.0"}
OCTETS = "application/offset+octet-stream"


@pytest.fixture(autouse=True)
def _media(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def encoded(**pairs: str) -> str:
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in pairs.items())


def begin(client: Any, length: int, **pairs: str) -> Any:
    headers = TUS | {"Upload-Length": str(length)} | ({"Upload-Metadata": encoded(**pairs)} if pairs else {})
    return client.post(UPLOADS, headers=headers)


def patch(client: Any, path: str, content: bytes, offset: int, **headers: str) -> Any:
    return client.generic(
        "PATCH", path, content, content_type=OCTETS, headers=TUS | {"Upload-Offset": str(offset)} | headers
    )


def test_picture_sent_piece_by_piece_is_the_same_as_one_sent_at_once(api: ApiFor, author: User) -> None:
    client, content = api(author), picture("JPEG", size=(1200, 800))
    begun = begin(client, len(content), filename="Hafen.jpg", alt="Ein Hafen – im Regen")
    assert begun.status_code == 201, begun.content
    assert begun.headers["Upload-Offset"] == "0"
    assert begun.headers["Tus-Resumable"] == "1.0.0"
    path = begun.headers["Location"]

    offset = 0
    while offset < len(content):
        piece = content[offset : offset + 3000]
        answer = patch(client, path, piece, offset)
        assert answer.status_code == 204, answer.content
        assert not answer.content
        offset += len(piece)
        assert answer.headers["Upload-Offset"] == str(offset)
        asked = client.head(path, headers=TUS)
        assert (asked.headers["Upload-Offset"], asked.headers["Upload-Length"]) == (str(offset), str(len(content)))
        assert asked.headers["Cache-Control"] == "no-store"
        assert not asked.content

    image = client.get(answer.headers["Content-Location"]).json()
    assert (image["name"], image["alt"], image["bytes"]) == ("Hafen.jpg", "Ein Hafen – im Regen", len(content))
    assert image["state"] == "processing"
    assert (image["width"], image["height"]) == (1200, 800)
    outbox.drain()
    assert client.get(path).json()["image"]["state"] == "ready"
    assert not UploadPart.objects.exists()
    assert Image.objects.count() == 1


def test_last_piece_is_answered_with_the_image_for_who_asks(api: ApiFor, author: User) -> None:
    client, content = api(author), picture()
    path = begin(client, len(content)).headers["Location"]
    answer = patch(client, path, content, 0, Accept="application/json")
    assert answer.status_code == 200
    assert answer.json()["state"] == "processing"


class BrokenLine(BytesIO):
    """Fails after what it holds, as a socket does when the other side is gone."""

    def read(self, size: int | None = -1, /) -> bytes:
        content = super().read(size)
        if not content:
            raise OSError("connection reset")
        return content


def test_what_came_before_the_line_broke_is_kept(author: User) -> None:
    content = picture("PNG", size=(900, 700), compress_level=0)
    upload = resumable.begin_upload(user=author, length=len(content), name="", alt="", metadata="")
    half = len(content) // 2
    resumable.append(upload, BrokenLine(content[:half]), offset=0, announced=len(content))

    fresh = resumable.upload_of(author, upload.pk)
    assert fresh is not None
    assert fresh.offset == half
    resumable.append(fresh, BytesIO(content[half:]), offset=half, announced=len(content) - half)
    assert resumable.finish(fresh).width == 900
    assert max(len(part) for part in UploadPart.objects.values_list("content", flat=True)) <= 512 * 1024


def test_upload_whose_end_nobody_lived_to_take_in_is_finished_by_the_next_look(api: ApiFor, author: User) -> None:
    content = picture()
    upload = resumable.begin_upload(user=author, length=len(content), name="", alt="", metadata="")
    resumable.append(upload, BytesIO(content), offset=0, announced=len(content))
    assert Image.objects.get().state == "receiving"

    client = api(author)
    assert client.head(f"{UPLOADS}/{upload.pk}", headers=TUS).headers["Upload-Offset"] == str(len(content))
    assert client.get(f"{UPLOADS}/{upload.pk}").json()["image"]["state"] == "processing"
    outbox.drain()
    assert Image.objects.get().state == "ready"


def test_piece_at_another_place_is_a_conflict_and_changes_nothing(api: ApiFor, author: User) -> None:
    client, content = api(author), picture()
    path = begin(client, len(content)).headers["Location"]
    patch(client, path, content[:50], 0)
    for offset in (0, 49, 51, 10**9):
        answer = patch(client, path, content[50:60], offset)
        assert (answer.status_code, answer.json()["code"]) == (409, "offset_conflict")
    assert Upload.objects.get().offset == 50


def test_more_than_was_announced_is_refused(api: ApiFor, author: User) -> None:
    client, content = api(author), picture()
    path = begin(client, 100).headers["Location"]
    assert patch(client, path, content, 0).status_code == 413
    assert begin(client, MAX_PICTURE_BYTES + 1).status_code == 413
    assert begin(client, MAX_PICTURE_BYTES).status_code == 201


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 400),
        ({"Upload-Length": "0"}, 400),
        ({"Upload-Length": "-1"}, 400),
        ({"Upload-Length": "1e3"}, 400),
        ({"Upload-Length": "9" * 30}, 400),
        ({"Upload-Length": "٣"}, 400),
        ({"Upload-Length": "10", "Upload-Metadata": "filename not-base64!"}, 400),
        ({"Upload-Length": "10", "Upload-Metadata": "alt " + base64.b64encode(b"x" * 501).decode()}, 400),
        ({"Upload-Length": "10", "Upload-Metadata": "alt /w=="}, 400),
        ({"Upload-Length": "10", "Upload-Metadata": "x" * 3000}, 400),
        ({"Upload-Length": "10", "Upload-Metadata": "is_confidential,,filename"}, 201),
        ({"Upload-Length": "10", "Upload-Metadata": encoded(alt="a\0b", filename="\0")}, 201),
        ({"Upload-Length": "10", "Tus-Resumable": "0.2.2"}, 412),
    ],
)
def test_headers_are_checked(headers: dict[str, str], status: int, api: ApiFor, author: User) -> None:
    answer = api(author).post(UPLOADS, headers=headers)
    assert answer.status_code == status, answer.content
    if status == 412:
        assert answer.headers["Tus-Version"] == "1.0.0"


def test_pieces_must_say_what_they_are(api: ApiFor, author: User) -> None:
    client: Any = api(author)
    path = begin(client, 100).headers["Location"]
    assert client.generic("PATCH", path, b"x", content_type="application/json").status_code == 415
    assert client.generic("PATCH", path, b"", content_type="", headers={"Upload-Offset": "0"}).status_code == 415
    assert client.generic("PATCH", path, b"x", content_type=OCTETS).status_code == 400
    assert client.generic("OPTIONS", UPLOADS, b"").headers["Tus-Extension"] == "creation,expiration,termination"


def test_what_is_no_image_is_refused_with_its_first_piece_and_forgotten(api: ApiFor, author: User) -> None:
    client = api(author)
    path = begin(client, 20_000_000).headers["Location"]
    assert patch(client, path, b"MZ" + b"\0" * 5000, 0).status_code == 415
    assert client.get(path).status_code == 404
    assert not UploadPart.objects.exists()
    assert client.get("/api/v1/images").json()["results"] == []


def test_damaged_image_is_refused_at_the_end_and_forgotten(api: ApiFor, author: User) -> None:
    client, content = api(author), picture()[:-200]
    path = begin(client, len(content)).headers["Location"]
    assert patch(client, path, content, 0).status_code == 400
    assert client.get(path).status_code == 404
    assert not UploadPart.objects.exists()


def test_upload_is_its_owners_alone_and_can_be_broken_off(api: ApiFor, author: User, outsider: User) -> None:
    client = api(author)
    path = begin(client, 100).headers["Location"]
    patch(client, path, picture()[:40], 0)
    for response in (
        api(outsider).get(path),
        api(outsider).delete(path),
        patch(api(outsider), path, b"x", 40),
        client.get(f"{UPLOADS}/{uuid4()}"),
        client.get(f"{UPLOADS}/nonsense"),
    ):
        assert response.status_code == 404
    assert client.delete(path, headers=TUS).status_code == 204
    assert client.delete(path, headers=TUS).status_code == 404
    assert not UploadPart.objects.exists()


def test_ten_at_a_time_each_for_a_day(api: ApiFor, author: User) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = api(author)
        paths = [begin(client, 100).headers["Location"] for _ in range(10)]
        patch(client, paths[0], picture()[:40], 0)
        assert begin(client, 100).status_code == 429
        client.delete(paths[1])
        assert begin(client, 100).status_code == 201

        clock.shift(timedelta(days=1, minutes=1))
        client = api(author)
        assert client.get(paths[0]).status_code == 404
        for _ in range(3):
            tasks.sweep_images()
            clock.shift(timedelta(hours=2))
        assert not Upload.objects.exists()
        assert not UploadPart.objects.exists()
        assert not Image.objects.exists()


def test_a_worker_that_dies_midway_leaves_a_picture_that_the_next_one_finishes(
    api: ApiFor, author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from apps.common.models import OutboxMessage

    rendering = import_module("apps.media.services.rendering")
    client, content = api(author), picture("JPEG", size=(1000, 500))
    path = begin(client, len(content)).headers["Location"]
    patch(client, path, content, 0)
    image = Image.objects.get()
    write, written = rendering.write_file, 0

    class Killed(BaseException):
        pass

    def die_at(number: int) -> Any:
        def dying(name: str, data: bytes) -> None:
            nonlocal written
            written += 1
            write(name, data)
            if written == number:
                raise Killed

        return dying

    for number in range(1, 9):
        written = 0
        with monkeypatch.context() as patched:
            patched.setattr(rendering, "write_file", die_at(number))
            with pytest.raises(Killed):
                rendering.make_renditions(image.pk)
        assert Image.objects.get().state == "processing"
        assert client.get(path).json()["image"]["renditions"] == []
    for _ in range(2):
        rendering.make_renditions(image.pk)
    image.refresh_from_db()
    assert image.state == "ready"
    assert len(image.renditions) == 8
    told = OutboxMessage.objects.filter(event="media.image_ready")
    assert len(set(told.values_list("subscriber", flat=True))) == told.count() > 0


@pytest.mark.django_db(transaction=True)
def test_of_two_pieces_for_one_place_one_is_taken(author: User) -> None:
    from concurrent.futures import ThreadPoolExecutor

    content = picture("PNG", size=(700, 700), compress_level=0)
    upload = resumable.begin_upload(user=author, length=len(content), name="", alt="", metadata="")

    def send(_: int) -> bool:
        try:
            mine = resumable.upload_of(author, upload.pk)
            assert mine is not None
            mine.offset = 0
            resumable.append(mine, BytesIO(content), offset=0, announced=len(content))
        except OffsetConflict:
            return False
        finally:
            connection.close()
        return True

    if connection.vendor == "sqlite":  # one connection to a database in memory: they take turns
        outcomes = [send(number) for number in range(2)]
    else:
        with ThreadPoolExecutor(2) as pool:
            outcomes = list(pool.map(send, range(2)))
    assert sorted(outcomes) == [False, True]
    stored = Upload.objects.get()
    parts = list(UploadPart.objects.order_by("start"))
    assert b"".join(bytes(part.content) for part in parts) == content[: stored.offset]
