"""Mentions that others tell us of."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from apps.accounts.models import User
from apps.comments.deciding import decide_comment
from apps.comments.models import Comment
from apps.comments.services import moderate_comment
from apps.common import outbox
from apps.common.fetching import FetchRefused
from apps.common.tests.admin_forms import run_action, signed_in
from apps.moderation.models import Case
from apps.moderation.services.verification import differences
from apps.posts.models import Post
from apps.posts.services import update_post
from apps.posts.tests.factories import make_post
from apps.webmentions.models import ReceivedMention
from apps.webmentions.services import receiving
from apps.webmentions.tests.conftest import AWAY, Web, answer
from conftest import ApiFor

pytestmark = pytest.mark.django_db
SOURCE = "https://elsewhere.example/notes/1"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def post(web: Web, author: User) -> Post:
    return make_post(author, title="Paper")


def tell(source: str = SOURCE, target: str = "https://byline.example/posts/paper") -> Any:
    form = urlencode({"source": source, "target": target})
    return Client().post("/webmention", form, content_type=FORM)


def page(text: str = "See <a href='https://byline.example/posts/paper'>this</a>.", title: str = "On paper") -> str:
    return f"<html><head><title>{title}</title><meta name=author content='Ada'></head><body>{text}</body></html>"


def drain(**later: float) -> None:
    with time_machine.travel(timezone.now() + timedelta(**later), tick=True):
        outbox.drain()


def test_a_mention_is_held_for_a_moderator_and_shown_once_approved(web: Web, post: Post, api: Any) -> None:
    web.pages[SOURCE] = page()
    response = tell()
    assert (response.status_code, web.asked) == (202, [])  # nothing is fetched while they wait
    drain()
    comment = Comment.objects.get()
    assert (comment.status, comment.guest_name, comment.guest_url) == ("pending", "Ada", SOURCE)
    listed = f"/api/v1/posts/{post.slug}/comments"
    assert api().get(listed).json()["results"] == []
    drain()
    assert Case.objects.open().filter(comment=comment).exists()
    moderate_comment(comment=comment, status="visible")
    (shown,) = api().get(listed).json()["results"]
    assert f'href="{SOURCE}"' in shown["body_html"]
    assert "On paper" in shown["body_html"]


@pytest.mark.parametrize(
    "text",
    [
        "<p>No link.</p>",
        "<p>https://byline.example/posts/paper</p>",
        "<!-- <a href='https://byline.example/posts/paper'>x</a> -->",
        "<script>'<a href=\"https://byline.example/posts/paper\">'</script>",
        "<a href='https://byline.example/posts/paper-else'>x</a>",
        "<a href='https://byline.example.evil.example/posts/paper'>x</a>",
        "<a href='https://byline.example/tags/paper'>x</a>",
    ],
)
def test_a_page_that_does_not_link_to_the_post_is_no_mention(text: str, web: Web, post: Post) -> None:
    web.pages[SOURCE] = page(text)
    tell()
    drain()
    assert ReceivedMention.objects.get().status == "not_found"
    assert not Comment.objects.exists()


def test_what_the_page_says_has_no_meaning_here(web: Web, post: Post) -> None:
    title = "](https://evil.example) **bold** @author &lt;img src=x onerror=alert(1)&gt; https://spam.example"
    web.pages[SOURCE] = page(title=title)
    tell()
    drain()
    html = Comment.objects.get().body_html
    assert html.count("<a ") == 1
    assert f'href="{SOURCE}"' in html
    assert "<img" not in html
    assert "<strong>" not in html


def test_told_twice_it_is_one_mention(web: Web, post: Post) -> None:
    web.pages[SOURCE] = page()
    for _ in range(3):
        assert tell().status_code == 202
    drain()
    tell(source=f"{SOURCE}#again", target="https://byline.example/posts/paper?utm=1#x")
    drain()
    assert ReceivedMention.objects.count() == 1
    assert Comment.objects.count() == 1


def queue(api: ApiFor, moderator: User) -> list[tuple[int, str]]:
    """What moderators see before them: comments, and their states."""
    rows = api(moderator).get("/api/v1/moderation/queue").json()["results"]
    return [(row["subject"]["id"], row["subject"]["status"]) for row in rows]


def test_another_text_is_held_anew(web: Web, post: Post, moderator: User, api: ApiFor) -> None:
    web.pages[SOURCE] = page()
    tell()
    drain()
    drain()
    comment = Comment.objects.get()
    assert queue(api, moderator) == [(comment.pk, "pending")]
    decide_comment(comment=comment, status="visible", moderator=moderator)
    tell()
    drain()
    assert Comment.objects.get().status == "visible"
    assert queue(api, moderator) == []
    web.pages[SOURCE] = page(title="Buy this")
    tell()
    drain()
    comment = Comment.objects.get()
    assert comment.status == "pending"
    assert "Buy this" in comment.body
    assert queue(api, moderator) == [(comment.pk, "pending")]
    assert list(differences()) == []  # the log says so, and publishes nothing anew


@pytest.mark.parametrize("gone", [page("nothing"), answer(SOURCE, "", status=410), answer(SOURCE, "", status=404)])
def test_a_mention_goes_with_its_link(gone: Any, web: Web, post: Post) -> None:
    web.pages[SOURCE] = page()
    tell()
    drain()
    moderate_comment(comment=Comment.objects.get(), status="visible")
    web.pages[SOURCE] = gone
    tell()
    drain()
    assert Comment.objects.get().status == "deleted"
    web.pages[SOURCE] = page()
    tell()
    drain()
    assert sorted(Comment.objects.values_list("status", flat=True)) == ["deleted", "pending"]


def test_spam_stays_spam(web: Web, post: Post) -> None:
    web.pages[SOURCE] = page()
    tell()
    drain()
    moderate_comment(comment=Comment.objects.get(), status="spam")
    web.pages[SOURCE] = page(title="Other words")
    tell()
    drain()
    web.pages[SOURCE] = page("gone")
    tell()
    drain()
    assert Comment.objects.get().status == "spam"


def test_a_page_that_is_away_is_tried_three_times(web: Web, post: Post) -> None:
    web.pages[SOURCE] = AWAY
    tell()
    drain()
    mention = ReceivedMention.objects.get()
    assert (mention.status, mention.attempts) == ("waiting", 1)
    drain(minutes=11)
    drain(hours=3)
    mention.refresh_from_db()
    assert (mention.status, mention.detail) == ("failed", "away")


def test_a_page_in_a_private_network_is_not_tried_again(web: Web, post: Post) -> None:
    web.pages[SOURCE] = FetchRefused("the host is in a private network")
    tell()
    drain()
    assert ReceivedMention.objects.get().status == "failed"


def test_former_addresses_count(web: Web, post: Post) -> None:
    update_post(post=post, changes={"slug": "ink"})
    web.pages[SOURCE] = page()
    assert tell().status_code == 202
    drain()
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("state", ["draft", "scheduled", "archived", "trashed"])
def test_nobody_learns_of_what_nobody_may_read(state: str, web: Web, author: User) -> None:
    slug = make_post(author, state, title="Secret").slug
    response = tell(target=f"https://byline.example/posts/{slug}")
    absent = tell(target="https://byline.example/posts/none")
    assert (response.status_code, response.content) == (400, absent.content)


def test_a_closed_thread_takes_no_mentions(web: Web, author: User) -> None:
    make_post(author, title="Closed", comment_policy="closed")
    assert tell(target="https://byline.example/posts/closed").status_code == 400


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("", ""),
        (SOURCE, ""),
        (SOURCE, "https://byline.example/"),
        (SOURCE, "https://elsewhere.example/posts/paper"),
        ("https://byline.example/posts/other", "https://byline.example/posts/paper"),
        ("https://byline.example/a", "https://byline.example/posts/paper"),
        ("javascript:alert(1)", "https://byline.example/posts/paper"),
        ("file:///etc/passwd", "https://byline.example/posts/paper"),
        ("https://elsewhere.example/" + "a" * 600, "https://byline.example/posts/paper"),
        ("https://elsewhere.example/\x00", "https://byline.example/posts/paper"),
        ("https://else where.example/", "https://byline.example/posts/paper"),
        ("http://[::1", "https://byline.example/posts/paper"),
        (SOURCE, "https://byline.example/posts/\x00"),
        (SOURCE, "https://byline.example/posts/%00"),
    ],
)
def test_what_is_no_mention_is_refused(source: str, target: str, post: Post) -> None:
    assert tell(source, target).status_code == 400
    assert not ReceivedMention.objects.exists()


def test_only_a_form_of_some_size_is_read(post: Post) -> None:
    client = Client()
    assert client.get("/webmention").status_code == 405
    assert client.post("/webmention", "{}", content_type="application/json").status_code == 415
    assert client.post("/webmention", b"source=" + b"a" * 9000, content_type=FORM).status_code == 413
    for body, kind in (
        (b"\xff\x00=%ZZ&&", FORM),
        (b"a=1&" * 2000, FORM),
        (b"source=a", f"{FORM}; charset=latin-1"),
    ):
        assert client.post("/webmention", body, content_type=kind).status_code == 400, (body[:20], kind)


def test_one_caller_cannot_tell_us_all_the_time(post: Post, settings: Any) -> None:
    settings.RATE_LIMITS_ENABLED = True
    with time_machine.travel(timezone.now(), tick=False):
        statuses = [tell(f"https://e{n}.example/").status_code for n in range(12)]
    assert statuses == [202] * 10 + [429] * 2


def test_one_host_cannot_keep_us_busy(post: Post, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.RATE_LIMITS_ENABLED = False
    statuses = [tell(f"https://e.example/{n}").status_code for n in range(receiving.MOST_OF_A_HOST + 1)]
    assert statuses == [202] * receiving.MOST_OF_A_HOST + [503]
    others = ["https://E.example/x", "https://e.example:443/x", "https://e.example./x", "http://e.example/x"]
    assert [tell(address).status_code for address in others] == [503] * 4
    monkeypatch.setattr(receiving, "MOST_WAITING", receiving.MOST_OF_A_HOST)
    assert tell("https://other.example/").status_code == 503


def test_a_host_that_is_away_is_not_asked_for_each_of_its_pages(web: Web, post: Post) -> None:
    for number in range(5):
        web.pages[f"https://slow.example/{number}"] = AWAY
        tell(f"https://slow.example/{number}")
    drain()
    assert len(web.asked) == 1


def test_it_can_be_turned_off(post: Post, settings: Any) -> None:
    settings.WEBMENTIONS = False
    assert tell().status_code == 404


def test_what_came_to_nothing_is_forgotten(web: Web, post: Post) -> None:
    web.pages[SOURCE] = page()
    tell()
    tell("https://other.example/")
    drain()
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert receiving.forget_old_mentions() == 1
    assert ReceivedMention.objects.get().source == SOURCE


def test_moderator_has_a_page_looked_at_again(web: Web, post: Post, moderator: User, editor: User) -> None:
    tell()
    drain()
    mention = ReceivedMention.objects.get()
    assert mention.status == "not_found"
    web.pages[SOURCE] = page()
    client = signed_in(moderator)
    listed = client.get("/admin/webmentions/receivedmention/")
    assert SOURCE in listed.content.decode()
    run_action(client, "/admin/webmentions/receivedmention/", "look_again", [mention])
    drain()
    mention.refresh_from_db()
    assert mention.status == "found"
    assert client.get(f"/admin/webmentions/receivedmention/{mention.pk}/change/").status_code == 200
    assert signed_in(editor).get("/admin/webmentions/receivedmention/").status_code == 403


def test_what_no_database_keeps_is_left_out(web: Web, post: Post) -> None:
    web.pages[SOURCE] = page(title="O\x00n pa\x07per").replace("Ada", "A\x00da")
    tell()
    drain()
    comment = Comment.objects.get()
    assert (comment.guest_name, comment.body.partition("]")[0]) == ("Ada", "[On paper")


def test_a_post_with_a_long_name_in_another_script_is_mentioned_by_its_address(web: Web, author: User) -> None:
    post = make_post(author, title="A long summer", slug="夏" * 100)
    assert tell(target=post.get_absolute_url()).status_code == 202
    assert tell(target=f"{post.get_absolute_url()}?{'x' * 2000}").status_code == 400
