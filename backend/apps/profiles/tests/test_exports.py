"""Archives: asking, making, fetching, forgetting."""

import io
import json
import os
import time
import tracemalloc
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
import yaml
from django.conf import settings
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from apps.accounts.api_tokens import make_token
from apps.accounts.models import Block, Follow, SecurityEvent, Session, User
from apps.accounts.scopes import Scope
from apps.comments.services import add_comment
from apps.common import outbox
from apps.common.models import OutboxMessage
from apps.media.models import Image
from apps.posts.models import Post
from apps.posts.tests.factories import make_post
from apps.profiles import archive
from apps.profiles.models import Export
from apps.profiles.tasks import forget_old_exports, make_export

pytestmark = pytest.mark.django_db

PATH = "/api/v1/me/export"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.EXPORT_ROOT = tmp_path / "exports"


def content_of(response: Any) -> ZipFile:
    return ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def drain_all() -> None:
    while outbox.drain():
        pass


def test_owner_gets_everything_in_one_archive(api: Any, author: User, reader: User) -> None:
    post = make_post(author, title='Of "maps": a\x7f tale', tags=["maps"])
    draft = make_post(author, "draft", title="Unfinished")
    html = make_post(author, title="Old")
    Post.objects.filter(pk=html.pk).update(body_format="html", body="<p>Old words</p>")
    others = make_post(reader, title="Not mine")
    asked = add_comment(post=others, author=reader, body="What of it?")
    add_comment(post=others, author=author, parent=asked, body="This of it.")
    Follow.objects.create(follower=author, followed=reader)
    Block.objects.create(blocker=author, blocked=reader)
    _, secret = make_token(user=author, name="Backup", scopes={Scope.POSTS_READ}, days=30)
    default_storage.save("avatars/abc/192.webp", ContentFile(b"an image"))
    Image.objects.create(owner=author, purpose="avatar", folder="avatars/abc", files=["192.webp", "gone.webp"])
    client = api(author)

    response = client.post(PATH)
    assert response.status_code == 202
    assert response.json()["status"] == "waiting"
    assert client.get(PATH + "/download").status_code == 404
    drain_all()
    ready = client.get(PATH).json()
    assert ready["status"] == "ready"
    sent = mail.outbox[-1]
    assert sent.to == [author.email]
    assert "/account/privacy" in sent.body
    download = client.get(PATH + "/download", headers={"Accept": "application/zip"})

    assert download.status_code == 200
    assert download.headers["Content-Type"] == "application/zip"
    assert download.headers["Cache-Control"] == "no-store"
    assert download.headers["Content-Disposition"].startswith('attachment; filename="author-')
    assert int(download.headers["Content-Length"]) == ready["size"]
    files = content_of(download)
    assert files.testzip() is None
    assert set(files.namelist()) == {
        "README.txt",
        "account.json",
        f"posts/{post.slug}.md",
        f"posts/{draft.slug}.md",
        f"posts/{html.slug}.html",
        "images/avatars/abc/192.webp",
    }
    raw = files.read("account.json").decode()
    data = json.loads(raw)
    assert data["account"]["email"] == author.email
    assert data["account"]["roles"] == ["author"]
    assert data["comments"][0]["in_reply_to"]["body"] == "What of it?"
    assert data["comments"][0]["post"]["title"] == "Not mine"
    assert [row["username"] for row in data["following"] + data["blocks"]] == ["reader", "reader"]
    assert data["api_tokens"][0]["name"] == "Backup"
    assert len(data["sessions"]) == Session.objects.filter(user=author).count()
    assert "export_asked" in {row["kind"] for row in data["security_events"]}
    for hidden in (secret, author.password, Session.objects.filter(user=author)[0].refresh_id):
        assert hidden not in raw
    _, front, body = files.read(f"posts/{post.slug}.md").decode().split("---\n", 2)
    known = yaml.safe_load(front)
    assert known["title"] == 'Of "maps": a\x7f tale'
    assert known["tags"] == ["maps"]
    assert known["status"] == "published"
    assert body.strip() == post.body.strip()
    events = SecurityEvent.objects.filter(user=author, kind="export_asked").values_list("detail", flat=True)
    assert sorted(events) == ["", "downloaded"]


def test_archive_holds_what_is_in_the_trash(api: Any, author: User) -> None:
    post = make_post(author, "trashed", body="Thrown away.")
    client = api(author)
    client.post(PATH)
    drain_all()
    files = content_of(client.get(PATH + "/download", headers={"Accept": "application/zip"}))

    text = files.read(f"posts/{post.slug}.md").decode()
    assert 'status: "trashed"' in text
    assert text.endswith("Thrown away.\n")
    assert json.loads(files.read("account.json"))["posts"][0]["status"] == "trashed"


def test_asking_again_while_one_is_made_returns_that_one(api: Any, reader: User) -> None:
    client = api(reader)
    first, again = client.post(PATH).json(), client.post(PATH).json()

    assert first == again
    assert Export.objects.count() == 1


def test_a_new_archive_takes_the_place_of_the_one_before(
    api: Any, reader: User, django_capture_on_commit_callbacks: Any
) -> None:
    client = api(reader)
    client.post(PATH)
    drain_all()
    old = Export.objects.get()
    assert old.path.is_file()
    assert old.path.stat().st_mode & 0o077 == 0

    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(PATH).json()["status"] == "waiting"
    assert not old.path.exists()
    drain_all()
    assert Export.objects.get().status == "ready"


def test_ten_archives_a_day_are_enough(api: Any, reader: User) -> None:
    client = api(reader)
    for _ in range(10):
        assert client.post(PATH).status_code == 202
        Export.objects.update(status="ready")
    response = client.post(PATH)

    assert response.status_code == 429
    assert 86_000 < int(response.headers["Retry-After"]) <= 86_400
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        later = api(reader)
        assert later.post(PATH).status_code == 202


def test_confirmation_is_asked_for(api: Any, reader: User) -> None:
    client = api(reader)
    Session.objects.update(confirmed_at=timezone.now() - timedelta(hours=1))

    response = client.post(PATH)

    assert response.status_code == 403
    assert response.json()["code"] == "confirmation_required"
    assert client.get(PATH).json()["status"] == "none"
    assert client.get(PATH + "/download").json()["code"] == "confirmation_required"


def test_nobody_else_gets_the_archive(api: Any, author: User, admin: User) -> None:
    api(author).post(PATH)
    drain_all()

    for other in (None, admin):
        assert api(other).get(PATH + "/download").status_code in {401, 404}
    name = Export.objects.get().name
    for path in (f"/media/{name}.zip", f"/media/exports/{name}.zip", f"/exports/{name}.zip"):
        assert b"PK" not in b"".join(getattr(api().get(path), "streaming_content", [b""]))
    assert not Path(settings.EXPORT_ROOT).is_relative_to(settings.MEDIA_ROOT)


def test_worker_that_died_in_the_middle_costs_nothing(reader: User, monkeypatch: pytest.MonkeyPatch, api: Any) -> None:
    api(reader).post(PATH)
    real = archive._images

    def die(user: User) -> Any:
        raise SystemExit  # nothing of ours catches it, as nothing catches a kill

    monkeypatch.setattr(archive, "_images", die)
    with pytest.raises(SystemExit):
        outbox.drain()
    assert Export.objects.get().status == "waiting"
    monkeypatch.setattr(archive, "_images", real)
    with time_machine.travel(timezone.now() + outbox.CLAIM_LASTS * 2):
        drain_all()

    export = Export.objects.get()
    assert export.status == "ready"
    make_export({"export_id": export.pk})  # a second worker comes late
    assert ZipFile(export.path).testzip() is None
    assert len(list(Path(settings.EXPORT_ROOT).iterdir())) == 1


def test_archive_that_cannot_be_made_fails_and_can_be_asked_for_again(
    api: Any, reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = api(reader)
    client.post(PATH)
    real = archive._images

    def break_off(user: User) -> Any:
        raise OSError("no space left")

    monkeypatch.setattr(archive, "_images", break_off)
    for hours in range(6):
        with time_machine.travel(timezone.now() + timedelta(hours=hours)):
            drain_all()
    assert client.get(PATH).json()["status"] == "failed"
    assert "could not be made" in mail.outbox[0].subject
    assert not list(Path(settings.EXPORT_ROOT).iterdir())
    assert not OutboxMessage.objects.filter(done_at=None).exists()

    monkeypatch.setattr(archive, "_images", real)
    assert client.post(PATH).json()["status"] == "waiting"
    drain_all()
    assert client.get(PATH).json()["status"] == "ready"


def test_archive_of_somebody_who_asked_anew_leaves_no_file(reader: User, monkeypatch: pytest.MonkeyPatch) -> None:
    export = Export.objects.create(user=reader)
    real = archive._images

    def vanish(user: User) -> Any:
        Export.objects.all().delete()
        return real(user)

    monkeypatch.setattr(archive, "_images", vanish)
    make_export({"export_id": export.pk})

    assert not list(Path(settings.EXPORT_ROOT).iterdir())


def test_archives_are_forgotten(api: Any, reader: User, django_capture_on_commit_callbacks: Any) -> None:
    client = api(reader)
    client.post(PATH)
    drain_all()
    path = Export.objects.get().path
    stray = path.parent / "abc.x.part"
    stray.write_bytes(b"")
    fresh = path.parent / "def.y.part"
    fresh.write_bytes(b"")
    two_days_ago = time.time() - 2 * 86400
    os.utime(stray, (two_days_ago, two_days_ago))
    forget_old_exports()
    assert path.exists()
    assert not stray.exists()
    assert fresh.exists()

    with time_machine.travel(timezone.now() + settings.EXPORT_LIFETIME):
        assert Export.objects.get().expires_at is not None
        with django_capture_on_commit_callbacks(execute=True):
            assert forget_old_exports() == 1
    assert not path.exists()
    assert client.get(PATH).json()["status"] == "none"


def test_readme_speaks_the_language_of_the_publication(reader: User, tmp_path: Path) -> None:
    from apps.site.services import update_site

    update_site(language="de", name="Die Zeitung")
    archive.write_archive(reader, tmp_path / "a.zip")

    assert "Alles, was Die Zeitung" in ZipFile(tmp_path / "a.zip").read("README.txt").decode()


def test_memory_does_not_grow_with_what_was_written(reader: User, tmp_path: Path) -> None:
    text = "word " * 10_000
    posts = [Post(author=reader, title="Long", slug=f"long-{number}", body=text, tag_names=[]) for number in range(200)]
    Post.objects.bulk_create(posts)
    del posts

    tracemalloc.start()
    size = archive.write_archive(reader, tmp_path / "a.zip")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert size > 10_000
    assert len(text) * 200 == 10_000_000
    assert peak < 4_000_000
