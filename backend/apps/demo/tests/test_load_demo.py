"""Loading the demo publication."""

import json
import stat
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from apps.accounts.models import Follow, User
from apps.accounts.serializers.links import MAX_LINKS, LinkWriteSerializer
from apps.comments.models import Comment
from apps.common.models import OutboxMessage
from apps.common.outbox import drain
from apps.demo.parsing import read_publication
from apps.demo.services import new_password
from apps.moderation.models import Rule
from apps.moderation.services.verification import differences, verify_log
from apps.notifications.models import Notification, Preference
from apps.notifications.tasks import forget_old_notifications
from apps.pages.models import Page
from apps.posts.models import Post, Series
from apps.posts.services import recount
from apps.reactions.services import recount_reactions
from apps.site.services import get_site
from apps.tags.models import Category, Tag
from conftest import ApiFor

PASSWORD = "three-good-words"


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def load(**options: Any) -> str:
    out = StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_everything_that_is_written_is_loaded() -> None:
    publication = read_publication()
    load(seed_password=PASSWORD)
    assert Post.objects.count() == len(publication.essays)
    assert Post.objects.visible_to(None).count() == len(publication.essays) - 2
    assert Page.objects.visible_to(None).count() == len(publication.pages)
    assert User.objects.count() == len(publication.people)
    assert Comment.objects.count() == sum(len(thread) for thread in publication.discussions.values())
    assert get_site().name == "Kerf"
    assert [entry["url"] for entry in get_site().navigation] == [
        "/pages/about",
        "/series/small-errors",
        "/pages/house-rules",
        "/archive",
    ]
    assert Series.objects.get().parts.count() == 4
    assert Follow.objects.count() == sum(len(person.follows) for person in publication.people)
    assert sum(user.follower_count for user in User.objects.all()) == Follow.objects.count()
    assert Category.objects.get(slug="letters").parent == Category.objects.get(slug="making")
    assert Tag.objects.count() == len(publication.tags)


@pytest.mark.django_db
def test_counters_agree_with_a_recount() -> None:
    def counters() -> list[Any]:
        return [list(model.objects.order_by("pk").values_list("pk", "post_count")) for model in (Tag, Category, User)]

    load(seed_password=PASSWORD)
    kept = counters()
    recount()
    assert counters() == kept
    for post in Post.objects.all():
        assert post.comment_count == post.comments.filter(status="visible").count()


@pytest.mark.django_db
def test_nothing_is_dated_later_than_now_but_the_scheduled_post() -> None:
    load(seed_password=PASSWORD)
    now = timezone.now()
    assert Post.objects.filter(published_at__gt=now).values_list("slug", "status").get() == (
        "the-brass-brain",
        "scheduled",
    )
    assert not Comment.objects.filter(created_at__gt=now).exists()
    for post in Post.objects.visible_to(None):
        assert post.published_at is not None
        assert post.created_at < post.published_at == post.updated_at
        assert post.version == 1


@pytest.mark.django_db
def test_reader_finds_the_pictures_where_the_texts_name_them(settings: Any) -> None:
    load(seed_password=PASSWORD)
    for post in Post.objects.exclude(cover_url=""):
        assert post.cover_image is not None
        assert post.cover_url == post.cover_image.url("image.webp")
        widths = [width for _, kind, width, _ in post.cover_image.renditions if kind == "image/avif"]
        assert widths == [320, 640, 960, 1440]
        for name in post.cover_image.files:
            assert (Path(settings.MEDIA_ROOT) / post.cover_image.path(name)).is_file()
        assert (Path(settings.MEDIA_ROOT) / post.cover_url.removeprefix("/media/")).is_file()
    assert User.objects.get(username="hanne").avatar_url == "/media/demo/avatar-hanne.webp"


@pytest.mark.django_db
def test_removed_comment_keeps_its_place_for_the_answers(api: ApiFor) -> None:
    load(seed_password=PASSWORD)
    thread = api().get("/api/v1/posts/how-long-is-a-coast/comments", {"limit": 100}).json()["results"]
    gap = next(comment for comment in thread if comment["status"] == "removed")
    assert (gap["body"], gap["author"]) == ("", None)
    assert any(comment["parent"] == gap["id"] for comment in thread)
    assert max(comment["depth"] for comment in thread) >= 4
    assert all(comment["status"] != "pending" for comment in thread)


@pytest.mark.django_db
def test_conversation_is_shown_off_and_nobody_gets_a_mail(api: ApiFor) -> None:
    load(seed_password=PASSWORD)
    forget_old_notifications()
    while drain():
        pass
    assert mail.outbox == []
    assert not OutboxMessage.objects.filter(done_at__isnull=True).exists()
    ines, quince, dorothea = (User.objects.get(username=name) for name in ("ines", "quince", "dorothea"))
    coast = Post.objects.get(slug="how-long-is-a-coast")
    assert coast.like_count == coast.likes.count() > 5
    kinds = {row["kind"] for row in api(ines).get("/api/v1/me/notifications", {"limit": 100}).json()["results"]}
    assert kinds == {"reply", "like"}
    mugs = Comment.objects.get(body__contains="@mairead")
    assert "/authors/mairead" in mugs.body_html
    assert Notification.objects.get(recipient__username="mairead", kind="mention").comment == mugs
    assert {row["post"]["slug"] for row in api(quince).get("/api/v1/me/bookmarks").json()["results"]} == {
        "a-light-that-says-its-name"
    }
    (removed,) = api(quince).get("/api/v1/me/decisions").json()["results"]
    assert (removed["reason"], removed["may_appeal"]) == ("off_topic", True)
    queue = api(dorothea).get("/api/v1/moderation/queue").json()["results"]
    assert [(case["subject"]["status"], len(case["reports"])) for case in queue] == [("visible", 1), ("pending", 0)]
    assert verify_log() == (1, [])
    assert list(differences()) == []
    assert set(recount_reactions().values()) == {0}
    assert not Rule.objects.exists()
    assert not Preference.objects.exists()


@pytest.mark.django_db
def test_accounts_can_sign_in_and_the_admin_has_the_admin_pages(client: Any) -> None:
    load(seed_password=PASSWORD)
    hanne = authenticate(username="hanne", password=PASSWORD)
    assert isinstance(hanne, User)
    assert hanne.is_staff
    assert hanne.is_superuser
    assert User.objects.get(username="ines").has_perm("posts.add_post")
    assert User.objects.get(username="dorothea").has_perm("comments.moderate_comment")
    assert not User.objects.get(username="quince").groups.exists()
    assert list(User.objects.filter(is_superuser=True)) == [hanne]


@pytest.mark.django_db
def test_passwords_are_random_and_printed_once_for_each_account() -> None:
    output = load()
    for user in User.objects.all():
        [line] = [line for line in output.splitlines() if f" {user.username} " in line]
        assert user.check_password(line.split()[1])
    assert len({new_password() for _ in range(100)}) == 100


@pytest.mark.django_db
def test_accounts_are_written_for_nobody_else_to_read(tmp_path: Path) -> None:
    path = tmp_path / "accounts.json"
    path.touch(mode=0o644)
    load(password_file=path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    accounts = json.loads(path.read_text())["accounts"]
    assert {account["role"] for account in accounts} == {"admin", "editor", "author", "moderator", "reader"}
    assert User.objects.get(username=accounts[0]["username"]).check_password(accounts[0]["password"])


@pytest.mark.django_db
def test_if_empty_leaves_a_database_with_posts_alone() -> None:
    load(seed_password=PASSWORD)
    before = list(User.objects.values_list("pk", "password", "version"))
    assert load(if_empty=True) == ""
    assert list(User.objects.values_list("pk", "password", "version")) == before
    with pytest.raises(CommandError, match="posts in this database already"):
        load()


@pytest.mark.django_db
def test_a_failure_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: Any) -> None:
        raise OSError("full")

    monkeypatch.setattr("apps.demo.services.add_comment", fail)
    with pytest.raises(OSError, match="full"):
        load(seed_password=PASSWORD)
    assert not Post.objects.exists()
    assert not User.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("options", [{}, {"if_empty": True}])
def test_production_refuses_the_demo(settings: Any, options: dict[str, Any]) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="never loaded in production"):
        load(**options)
    assert not User.objects.exists()


@pytest.mark.django_db
def test_one_password_for_all_needs_debug(settings: Any) -> None:
    settings.TESTING = False
    with pytest.raises(CommandError, match="It needs DEBUG=1"):
        load(seed_password=PASSWORD)


def test_links_of_the_people_are_what_a_profile_takes() -> None:
    for person in read_publication().people:
        assert len(person.links) <= MAX_LINKS
        LinkWriteSerializer(data=person.links, many=True).is_valid(raise_exception=True)
