"""Preview links: who has the secret reads the post, until the link expires or is revoked."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from apps.accounts.models import SignInFailure, User
from apps.posts.models import Post, PreviewLink
from apps.posts.services import publish_post, trash_post
from apps.posts.services.previews import forget_expired_preview_links, make_preview_link
from apps.posts.services.working_copies import create_working_copy
from apps.posts.tests.factories import make_post
from conftest import ApiFor

pytestmark = pytest.mark.django_db
URL = "/api/v1/previews"


@pytest.fixture
def post(author: User) -> Post:
    return make_post(author, "draft", title="Not yet", body="A *secret*.")


@pytest.fixture
def secret(post: Post, author: User) -> str:
    _, url = make_preview_link(post=post, author=author, name="", days=7)
    return url.partition("#")[2]


def _read(api: ApiFor, secret: str, **options: Any) -> Any:
    return api(**options).post(URL, {"secret": secret})


def test_author_makes_a_link_that_a_stranger_reads_with(api: ApiFor, author: User, post: Post) -> None:
    path = f"/api/v1/posts/{post.slug}/preview-links"
    made = api(author).post(path, {"name": "For the lawyer", "expires_in_days": 3})
    assert made.status_code == 201
    link = made.json()
    assert made.headers["Cache-Control"] == "no-store"
    assert made.headers["Location"] == f"{path}/{link['id']}"
    address, _, secret = link["url"].partition("#")
    assert address == f"{settings.PUBLIC_URL}/preview"
    assert len(secret) == 43
    answer = _read(api, secret)
    assert answer.status_code == 200
    shown = answer.json()
    assert (shown["title"], shown["body_html"], shown["status"]) == ("Not yet", "<p>A <em>secret</em>.</p>\n", "draft")
    assert shown["preview"] == {"of": "post", "expires_at": link["expires_at"]}
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert api().get(f"/api/v1/posts/{post.slug}").status_code == 404


def test_the_secret_is_kept_nowhere_and_shown_once(api: ApiFor, author: User, post: Post, secret: str) -> None:
    assert not PreviewLink.objects.filter(digest__contains=secret).exists()
    listed = api(author).get(f"/api/v1/posts/{post.slug}/preview-links")
    assert listed.json()["results"][0].keys() == {"id", "name", "author", "created_at", "expires_at", "used_at"}
    assert secret not in listed.content.decode()


def test_it_shows_the_changes_that_readers_do_not_have_yet(api: ApiFor, author: User, post: Post, secret: str) -> None:
    published = publish_post(post=post)
    create_working_copy(
        post=published,
        changes={"title": "Better", "body": "> [!NOTE]\n> New.", "tags": ["Old maps"], "excerpt": "Short."},
        editor=author,
    )
    shown = _read(api, secret).json()
    assert (shown["title"], shown["excerpt"], shown["preview"]["of"]) == ("Better", "Short.", "working_copy")
    assert "callout-note" in shown["body_html"]
    assert shown["tags"] == [{"slug": "old-maps", "name": "Old maps"}]
    fresh = Post.objects.get(pk=post.pk)
    assert (fresh.title, fresh.body) == ("Not yet", "A *secret*.")


def test_a_link_ends_when_it_expires(api: ApiFor, secret: str) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        gone = _read(api, secret)
        assert (gone.status_code, gone.json()["code"]) == (404, "preview_gone")
        assert forget_expired_preview_links() == 1


def test_a_link_that_stands_is_not_forgotten(secret: str) -> None:
    assert forget_expired_preview_links() == 0


def test_a_revoked_link_opens_nothing(api: ApiFor, editor: User, post: Post, secret: str) -> None:
    link = PreviewLink.objects.get()
    assert api(editor).delete(f"/api/v1/posts/{post.slug}/preview-links/{link.pk}").status_code == 204
    assert _read(api, secret).status_code == 404


def test_a_link_of_another_post_is_not_found(api: ApiFor, author: User, secret: str) -> None:
    other = make_post(author, "draft")
    path = f"/api/v1/posts/{other.slug}/preview-links/{PreviewLink.objects.get().pk}"
    assert api(author).get(path).status_code == 404
    assert api(author).delete(path).status_code == 404
    assert PreviewLink.objects.exists()


def test_a_post_in_the_trash_is_not_shown(api: ApiFor, post: Post, secret: str) -> None:
    trash_post(post=post)
    assert _read(api, secret).status_code == 404


def test_a_deactivated_author_shows_nothing(api: ApiFor, author: User, secret: str) -> None:
    author.is_active = False
    author.save()
    assert _read(api, secret).status_code == 404


def test_guesses_are_counted_by_address_and_right_ones_are_not(api: ApiFor, secret: str) -> None:
    for _ in range(settings.SIGN_IN_MAX_FAILURES):
        assert _read(api, secret).status_code == 200
    for _ in range(settings.SIGN_IN_MAX_FAILURES):
        assert _read(api, "wrong", REMOTE_ADDR="192.0.2.7").status_code == 404
    refused = _read(api, secret, REMOTE_ADDR="192.0.2.7")
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_attempts")
    assert int(refused.headers["Retry-After"]) > 0
    assert _read(api, secret, REMOTE_ADDR="198.51.100.9").status_code == 200
    assert SignInFailure.objects.filter(count__gt=0).count() == 1


@pytest.mark.parametrize("secret", ["", "x" * 101, "\x00", None, 7, ["a"]])
def test_nonsense_is_refused(api: ApiFor, secret: Any) -> None:
    assert api().post(URL, {"secret": secret}).status_code == 400


def test_the_time_of_use_is_noted_to_the_minute(api: ApiFor, secret: str) -> None:
    _read(api, secret)
    first = PreviewLink.objects.get().used_at
    assert first is not None
    _read(api, secret)
    assert PreviewLink.objects.get().used_at == first


def test_a_post_has_a_limit_of_links(api: ApiFor, author: User, post: Post) -> None:
    for _ in range(50):
        make_preview_link(post=post, author=author, name="", days=1)
    assert api(author).post(f"/api/v1/posts/{post.slug}/preview-links", {}).status_code == 422


@pytest.mark.parametrize("days", [0, 91, -1, 10**9])
def test_no_link_is_good_for_ever(api: ApiFor, author: User, post: Post, days: int) -> None:
    path = f"/api/v1/posts/{post.slug}/preview-links"
    assert api(author).post(path, {"expires_in_days": days}).status_code == 400


def test_links_are_listed_in_pages_with_a_fixed_number_of_queries(
    api: ApiFor, author: User, editor: User, post: Post, django_assert_num_queries: Any
) -> None:
    path = f"/api/v1/posts/{post.slug}/preview-links"
    for number in range(5):
        make_preview_link(post=post, author=author if number % 2 else editor, name=f"No. {number}", days=1)
    client = api(author)
    client.get(path)
    with django_assert_num_queries(5):
        page = client.get(path, {"limit": 2}).json()
    assert [row["name"] for row in page["results"]] == ["No. 4", "No. 3"]
    assert [row["name"] for row in client.get(page["next"]).json()["results"]] == ["No. 2", "No. 1"]
