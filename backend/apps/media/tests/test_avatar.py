"""PUT and DELETE /me/avatar, and what becomes of the files."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone
from PIL import Image as Picture

from apps.accounts.models import User
from apps.accounts.services import update_profile
from apps.common import outbox
from apps.common.tests.admin_forms import run_action, signed_in
from apps.media import services, storage, tasks
from apps.media.models import Image
from apps.media.parsers import ENVELOPE
from apps.media.services import avatars
from apps.media.services import files as upload_files
from apps.media.tests.pictures import picture, upload

pytestmark = pytest.mark.django_db

AVATAR = "/api/v1/me/avatar"
WEBP = {"48.webp", "96.webp", "192.webp", "384.webp"}
AVIF = {"48.avif", "96.avif", "192.avif", "384.avif"}


@pytest.fixture(autouse=True)
def _media(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def put(client: Any, content: bytes, name: str = "portrait.png") -> Any:
    return client.put(AVATAR, {"file": upload(content, name)}, format="multipart")


def files() -> set[str]:
    """Names of all files there are, with their folders."""
    root = Path(settings.MEDIA_ROOT)
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def folder_of(response: Any) -> str:
    assert response.status_code == 200, response.content
    return str(response.json()["avatar_url"].removeprefix("/media/").removesuffix("/192.webp"))


def test_uploaded_picture_is_shown_at_once_in_every_width(api: Any, reader: User) -> None:
    response = put(api(reader), picture(size=(640, 400)))

    folder = folder_of(response)
    assert folder.startswith("avatars/")
    assert len(folder) == len("avatars/") + 24
    assert response.json()["version"] == reader.version + 1
    assert {name.removeprefix(f"{folder}/") for name in files()} == WEBP | AVIF
    for name in WEBP | AVIF:
        width, extension = name.split(".")
        with Picture.open(Path(settings.MEDIA_ROOT) / folder / name) as image:
            assert (image.format, image.size) == (extension.upper(), (int(width), int(width)))
    assert api().get(f"/api/v1/users/{reader.username}").json()["avatar_url"] == response.json()["avatar_url"]


def test_replaced_picture_stays_while_cached_pages_name_it_and_then_goes(api: Any, reader: User) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        old = folder_of(put(api(reader), picture()))
        new = folder_of(put(api(reader), picture("JPEG"), "other.jpg"))
        outbox.drain()
        clock.shift(timedelta(minutes=59))
        tasks.sweep_images()
        assert {path.rpartition("/")[0] for path in files()} == {old, new}

        clock.shift(timedelta(minutes=2))
        for _ in range(2):
            tasks.sweep_images()
        assert files() == {f"{new}/{name}" for name in WEBP | AVIF}
        assert not (Path(settings.MEDIA_ROOT) / old).exists()
        assert Image.objects.count() == 1


def test_removed_picture_goes_at_once(api: Any, reader: User) -> None:
    client = api(reader)
    put(client, picture())
    for _ in range(2):
        response = client.delete(AVATAR)
        assert response.status_code == 200
        assert response.json()["avatar_url"] == ""
    outbox.drain()

    assert files() == set()
    assert list((Path(settings.MEDIA_ROOT) / "avatars").iterdir()) == []


def test_picture_that_the_profile_no_longer_names_is_found_and_goes(api: Any, reader: User) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        put(api(reader), picture())
        outbox.drain()
        update_profile(user=reader, changes={"avatar_url": "https://elsewhere.example/me.png"})
        clock.shift(timedelta(hours=2))
        tasks.sweep_images()
        assert files()  # retired just now
        clock.shift(timedelta(hours=2))
        tasks.sweep_images()
        assert files() == set()


def test_picture_of_nobody_goes(reader: User) -> None:
    services.set_avatar(user=reader, file=BytesIO(picture()), size=100)
    Image.objects.update(owner=None)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(2):
            clock.shift(timedelta(hours=2))
            tasks.sweep_images()
        assert files() == set()


def test_upload_that_broke_off_leaves_nothing_for_long(api: Any, reader: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(**_: Any) -> None:
        raise KeyboardInterrupt

    with time_machine.travel(timezone.now(), tick=False) as clock:
        monkeypatch.setattr(avatars, "update_profile", die)
        with pytest.raises(KeyboardInterrupt):
            services.set_avatar(user=reader, file=BytesIO(picture()), size=100)
        assert files()
        for _ in range(2):
            clock.shift(timedelta(hours=2))
            tasks.sweep_images()
        assert files() == set()
        assert not Image.objects.exists()


def test_avatar_is_untouched_by_the_sweep_while_it_is_shown(api: Any, reader: User) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        folder = folder_of(put(api(reader), picture()))
        outbox.drain()
        clock.shift(timedelta(days=400))
        tasks.sweep_images()
        assert files() == {f"{folder}/{name}" for name in WEBP | AVIF}
        assert Image.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415, "not_an_image"),
        (b"<script>alert(1)</script>", 415, "not_an_image"),
        (picture("BMP"), 415, "not_an_image"),
        (picture("JPEG", size=(400, 400))[:900], 400, "broken_image"),
        (picture(size=(40, 200)), 400, "image_too_small"),
        (b"", 400, "empty"),
    ],
)
def test_refusal_names_the_file_and_why(api: Any, reader: User, content: bytes, status: int, code: str) -> None:
    response = put(api(reader), content)

    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    assert [(row["pointer"], row["code"]) for row in response.json()["errors"]] == [("/file", code)]
    assert files() == set()
    assert User.objects.get(pk=reader.pk).avatar_url == ""


def test_declared_type_and_name_are_not_believed(api: Any, reader: User) -> None:
    client = api(reader)

    assert put(client, picture("PNG"), "../../evil.svg").status_code == 200
    assert put(client, b"<?php", "portrait.png").status_code == 415
    assert all(name.startswith("avatars/") and name.endswith((".webp", ".avif")) for name in files())


@pytest.mark.parametrize(
    ("body", "kind", "status", "pointer"),
    [
        ({}, "multipart", 400, "/file"),
        ({"file": "text"}, "multipart", 400, "/file"),
        ({"file": upload(picture()), "user": "1"}, "multipart", 400, "/user"),
        ({"file": "data:image/png;base64,AA"}, "json", 415, None),
    ],
)
def test_other_forms_are_refused(
    api: Any, reader: User, body: dict[str, Any], kind: str, status: int, pointer: str | None
) -> None:
    response = api(reader).put(AVATAR, body, format=kind)

    assert response.status_code == status
    assert pointer is None or response.json()["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize("content_type", ["multipart/form-data", "multipart/form-data; boundary=x", "text/plain", ""])
def test_torn_forms_get_an_answer(api: Any, reader: User, content_type: str) -> None:
    for body in (b"", b"--x\r\n", b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc'):
        response = api(reader).generic("PUT", AVATAR, body, content_type=content_type)
        assert response.status_code in {400, 415}
        assert response.headers["Content-Type"] == "application/problem+json"


def test_file_of_the_full_size_is_taken_and_a_byte_more_is_not(
    api: Any, reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = picture("PNG")
    full = content + b"\0" * (avatars.MAX_BYTES - len(content))
    client = api(reader)

    assert put(client, full).status_code == 200
    for larger in (full + b"\0", full + b"\0" * ENVELOPE):
        response = put(client, larger)
        assert (response.status_code, response.json()["code"]) == (413, "file_too_large")
        assert response.json()["errors"][0]["pointer"] == "/file"
        assert "10 MB" in response.json()["detail"]


def test_twenty_uploads_an_hour_refused_ones_among_them(api: Any, reader: User, author: User) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = api(reader)
        for number in range(avatars.AVATARS_AN_HOUR):
            clock.shift(timedelta(seconds=20))
            put(client, picture() if number % 5 == 0 else b"no image")
        client.delete(AVATAR)
        outbox.drain()
        tasks.sweep_images()
        response = put(client, picture())
        assert response.status_code == 429
        assert int(response.headers["Retry-After"]) == 3600 - (avatars.AVATARS_AN_HOUR - 1) * 20
        assert put(api(author), picture()).status_code == 200

        clock.shift(timedelta(minutes=54))
        assert put(api(reader), picture()).status_code == 200


def test_nobody_uploads_nothing(api: Any) -> None:
    assert put(api(), picture()).status_code == 401
    assert files() == set()
    assert not Image.objects.exists()


def test_served_file_is_shown_and_never_run(api: Any, reader: User) -> None:
    url = put(api(reader), picture()).json()["avatar_url"]
    response = api().get(url)

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/webp"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_picture_that_an_admin_takes_away_goes_with_the_next_job(api: Any, reader: User, admin: User) -> None:
    put(api(reader), picture())
    outbox.drain()
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        client = signed_in(admin)
        address = f"/admin/accounts/user/{reader.pk}/change/"
        shown = client.get(address).content.decode()
        assert f'<img src="{User.objects.get(pk=reader.pk).avatar_url}"' in shown
        run_action(client, "/admin/accounts/user/", "remove_picture", [reader])
        outbox.drain()

        assert User.objects.get(pk=reader.pk).avatar_url == ""
        assert files() == set()
        assert "The picture of" not in client.get(address).content.decode()


def test_of_two_uploads_at_once_the_one_that_ends_last_is_shown_and_kept(
    api: Any, reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second begins and ends while the first one's files are being written; so does a removal."""
    original = storage.write_file
    begun: list[str] = []

    def interrupted(path: str, content: bytes) -> None:
        original(path, content)
        if not begun:
            begun.append(path)
            services.set_avatar(user=reader, file=BytesIO(picture("JPEG")), size=100)
            services.remove_avatar(user=reader)
            outbox.drain()

    with time_machine.travel(timezone.now(), tick=False) as clock:
        monkeypatch.setattr(avatars, "write_file", interrupted)
        folder = folder_of(put(api(reader), picture()))
        assert begun[0].startswith(folder)
        for _ in range(3):
            outbox.drain()
            clock.shift(timedelta(hours=2))
            tasks.sweep_images()
        assert files() == {f"{folder}/{name}" for name in WEBP | AVIF}


def test_removal_that_was_killed_halfway_is_finished_by_the_sweep(
    api: Any, reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: Any) -> None:
        raise KeyboardInterrupt

    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = api(reader)
        put(client, picture())
        client.delete(AVATAR)
        with monkeypatch.context() as patch:
            patch.setattr(upload_files, "remove_folder", die)
            with pytest.raises(KeyboardInterrupt):
                services.remove_files(Image.objects.get().pk)
        assert files()
        clock.shift(timedelta(hours=2))
        tasks.sweep_images()
        assert files() == set()
        assert not Image.objects.exists()
