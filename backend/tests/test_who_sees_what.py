"""Who sees what: every person, in every state of a comment and of a post, in every place where it could show.

The tables below are the truth; each cell is asked for over HTTP. A state is reached while everything else (likes,
bookmarks, notifications, follows) was there before, and no job runs in between: what is hidden is hidden straight away.

    text  all of it               spot  only that something was there, without text or name
    -     nothing                 401   not without signing in, or not while suspended
    403   not for this role       0, 1  how many are counted
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.comments.models import Comment
from apps.comments.services import add_comment, moderate_comment
from apps.notifications.models import Kind
from apps.notifications.services import notify
from apps.posts.models import Post
from apps.posts.services import schedule_post, trash_post, unpublish_post
from apps.posts.tests.factories import make_post
from apps.tags.services import create_category
from conftest import ApiClient, ApiFor

pytestmark = pytest.mark.django_db

PEOPLE = {
    "anon": "not signed in",
    "read": "a reader",
    "comm": "the author of the comment",
    "auth": "the author of the post",
    "bled": "blocked by both authors",
    "bler": "has blocked both authors",
    "edit": "an editor",
    "mod": "a moderator",
    "admn": "an admin",
    "sil": "silenced",
    "susp": "suspended",
}
ROLES = {"auth": "author", "edit": "editor", "mod": "moderator", "admn": "admin"}
TEXT, SPOT, NOTHING = "text", "spot", "-"
WORDS = "a remark nobody else makes"

_HEAD = "                " + " ".join(f"{name:<4}" for name in PEOPLE)

COMMENT_TABLES = {
    "visible": """
list            text text text text text text text text text text 401
branch          text text text text text text text text text text 401
replies         text text text text text text text text text text 401
permalink       text text text text text text text text text text 401
since           text text text text text text text text text text 401
by id           text text text text text text text text text text 401
edits           401  403  403  403  403  403  403  200  200  403  401
of post         2    2    2    2    2    2    2    2    2    2    401
of thread       2    2    2    2    2    2    2    2    2    2    401
of root         1    1    1    1    1    1    1    1    1    1    401
of person       1    1    1    1    1    1    1    1    1    1    401
liked           401  text text text text text text text text text 401
offered         401  text -    text -    -    text text text text 401
inbox           401  text -    text -    -    text text text text 401
unread          401  1    0    1    0    0    1    1    1    1    401
""",
    "pending": """
list            -    -    text -    -    -    -    text text -    401
branch          -    -    text -    -    -    -    text text -    401
replies         -    -    text -    -    -    -    text text -    401
permalink       -    -    text -    -    -    -    text text -    401
since           -    -    text -    -    -    -    text text -    401
by id           -    -    text -    -    -    -    text text -    401
edits           401  -    403  -    -    -    -    200  200  -    401
of post         1    1    1    1    1    1    1    1    1    1    401
of thread       1    1    1    1    1    1    1    1    1    1    401
of root         0    0    0    0    0    0    0    0    0    0    401
of person       0    0    0    0    0    0    0    0    0    0    401
liked           401  -    -    -    -    -    -    -    -    -    401
offered         401  -    -    -    -    -    -    -    -    -    401
inbox           401  -    -    -    -    -    -    -    -    -    401
unread          401  0    0    0    0    0    0    0    0    0    401
""",
}
HIDDEN = """
list            -    -    -    -    -    -    -    text text -    401
branch          -    -    -    -    -    -    -    text text -    401
replies         -    -    -    -    -    -    -    text text -    401
permalink       -    -    -    -    -    -    -    text text -    401
since           -    -    -    -    -    -    -    text text -    401
by id           -    -    -    -    -    -    -    text text -    401
edits           401  -    -    -    -    -    -    200  200  -    401
of post         1    1    1    1    1    1    1    1    1    1    401
of thread       1    1    1    1    1    1    1    1    1    1    401
of root         0    0    0    0    0    0    0    0    0    0    401
of person       0    0    0    0    0    0    0    0    0    0    401
liked           401  -    -    -    -    -    -    -    -    -    401
offered         401  -    -    -    -    -    -    -    -    -    401
inbox           401  -    -    -    -    -    -    -    -    -    401
unread          401  0    0    0    0    0    0    0    0    0    401
"""
_ANSWERED = """
list            spot spot {own} spot spot spot spot {mod} {mod} spot 401
branch          spot spot {own} spot spot spot spot {mod} {mod} spot 401
replies         spot spot {own} spot spot spot spot {mod} {mod} spot 401
permalink       spot spot {own} spot spot spot spot {mod} {mod} spot 401
since           spot spot {own} spot spot spot spot {mod} {mod} spot 401
by id           spot spot {own} spot spot spot spot {mod} {mod} spot 401
edits           401  403  403  403  403  403  403  200  200  403  401
of post         2    2    2    2    2    2    2    2    2    2    401
of thread       2    2    2    2    2    2    2    2    2    2    401
of root         0    0    0    0    0    0    0    0    0    0    401
of person       0    0    0    0    0    0    0    0    0    0    401
liked           401  -    -    -    -    -    -    -    -    -    401
offered         401  -    -    -    -    -    -    -    -    -    401
inbox           401  -    -    -    -    -    -    -    -    -    401
unread          401  0    0    0    0    0    0    0    0    0    401
"""
ANSWERED_TABLES = {
    "pending": _ANSWERED.format(own=TEXT, mod=TEXT),
    "spam": _ANSWERED.format(own=SPOT, mod=TEXT),
    "removed": _ANSWERED.format(own=SPOT, mod=TEXT),
    "deleted": _ANSWERED.format(own=SPOT, mod=SPOT),
}
"""Somebody has replied to the comment: its place stays, so that the reply still stands below something."""
COMMENT_TABLES |= {"spam": HIDDEN, "removed": HIDDEN, "deleted": HIDDEN.replace(TEXT, SPOT)}


@dataclass
class Scene:
    """A post with one comment; everybody likes, keeps, follows and was told of both while both could be seen."""

    people: dict[str, User]
    clients: dict[str, ApiClient]
    post: Post
    root: Comment
    """By the author of the post; the comment in question replies to it."""
    comment: Comment
    state: str = "published"
    """Of the post."""


Look = Callable[[Scene, ApiClient], str]
"""What one client sees in one place."""


@pytest.fixture
def scene(api: ApiFor) -> Scene:
    people = {
        name: UserFactory.create(username=name, roles=[ROLES[name]] if name in ROLES else [])
        for name in PEOPLE
        if name != "anon"
    }
    clients = {name: api(people.get(name)) for name in PEOPLE}
    category = create_category(name="Essays")
    post = make_post(people["auth"], title="The quiet tools", tags=["Tools"], category=category)
    root = add_comment(post=post, author=people["auth"], body="What do you say?")
    comment = add_comment(post=post, author=people["comm"], body=f"This is {WORDS}.", parent=root)
    for name, person in people.items():
        client = clients[name]
        for path in (f"posts/{post.slug}/like", f"posts/{post.slug}/bookmark", f"comments/{comment.pk}/like"):
            assert client.put(f"/api/v1/{path}").status_code == 200, path
        assert client.put("/api/v1/tags/tools/follow").status_code == 204
        if name != "auth":
            assert client.put("/api/v1/users/auth/follow").status_code in {200, 204}
        _tell(person, post, comment)
    for writer in ("auth", "comm"):
        assert clients[writer].put("/api/v1/users/bled/block").status_code == 204
        assert clients["bler"].put(f"/api/v1/users/{writer}/block").status_code == 204
    soon = timezone.now() + timedelta(days=3)
    User.objects.filter(username="sil").update(silenced_until=soon)
    User.objects.filter(username="susp").update(suspended_until=soon)
    return Scene(people, clients, post, root, comment)


def _tell(person: User, post: Post, comment: Comment) -> None:
    notify(
        recipient_id=person.pk,
        kind=Kind.MENTION,
        group=f"mention:{comment.pk}",
        actor_id=comment.author_id,
        comment_id=comment.pk,
    )


def table_of(scene: Scene, places: dict[str, Look]) -> list[str]:
    """What everybody sees in each of the places, as the tables above are written."""
    rows = [
        f"{place:<16}" + " ".join(f"{look(scene, client)!s:<4}" for client in scene.clients.values()).rstrip()
        for place, look in places.items()
    ]
    return [_HEAD.rstrip(), *rows]


def expected(table: str) -> list[str]:
    return [_HEAD.rstrip(), *(row.rstrip() for row in table.strip().splitlines())]


# --- Places of a comment -----------------------------------------------------------------------------------------


def _token(scene: Scene, row: dict[str, Any] | None) -> str:
    """How much of the comment an answer tells."""
    if row is None:
        return NOTHING
    told = WORDS in f"{row['body']}{row['body_html']}"
    assert told == (row["author"] is not None), "text and name go together"
    if not told:
        assert row["like_count"] == 0, "how much something hidden was liked is not told either"
    return TEXT if told else SPOT


def _asked(scene: Scene, query: dict[str, Any]) -> dict[str, Any]:
    return {name: value(scene) if callable(value) else value for name, value in query.items()}


def _in_thread(**query: Any) -> Look:
    def look(scene: Scene, client: ApiClient) -> str:
        answer = client.get(f"/api/v1/posts/{scene.post.slug}/comments", _asked(scene, query))
        if answer.status_code == 401:
            return "401"
        if answer.status_code in {400, 404}:
            return NOTHING
        assert answer.status_code == 200, answer.content
        found = [row for row in answer.json()["results"] if row["id"] == scene.comment.pk]
        return _token(scene, found[0] if found else None)

    return look


def _by_id(scene: Scene, client: ApiClient) -> str:
    answer = client.get(f"/api/v1/comments/{scene.comment.pk}")
    if answer.status_code in {401, 404}:
        return {401: "401", 404: NOTHING}[answer.status_code]
    return _token(scene, answer.json())


def _edits(scene: Scene, client: ApiClient) -> str:
    status = client.get(f"/api/v1/comments/{scene.comment.pk}/edits").status_code
    return NOTHING if status == 404 else str(status)


def _number(path: str, member: str) -> Look:
    def look(scene: Scene, client: ApiClient) -> str:
        answer = client.get(f"/api/v1/{path.format(slug=scene.post.slug)}")
        if answer.status_code in {401, 404}:
            return {401: "401", 404: NOTHING}[answer.status_code]
        number = answer.json()[member]
        assert isinstance(number, int)
        return str(number)

    return look


def _of_root(scene: Scene, client: ApiClient) -> str:
    answer = client.get(f"/api/v1/comments/{scene.root.pk}")
    return "401" if answer.status_code == 401 else str(answer.json()["reply_count"])


def _liked(scene: Scene, client: ApiClient) -> str:
    answer = client.get(f"/api/v1/posts/{scene.post.slug}/my-reactions")
    if answer.status_code in {401, 404}:
        return {401: "401", 404: NOTHING}[answer.status_code]
    return TEXT if scene.comment.pk in answer.json()["liked_comments"] else NOTHING


def _offered(scene: Scene, client: ApiClient) -> str:
    """Whether its author is among those who talk there, when one types an at sign."""
    answer = client.get(f"/api/v1/posts/{scene.post.slug}/mentionable")
    if answer.status_code == 401:
        return "401"
    return TEXT if "comm" in {person["username"] for person in answer.json()["results"]} else NOTHING


def _inbox(scene: Scene, client: ApiClient) -> str:
    answer = client.get("/api/v1/me/notifications")
    if answer.status_code == 401:
        return "401"
    text = answer.content.decode()
    rows = answer.json()["results"]
    assert bool(rows) == (scene.post.title in text), "a row names its post"
    if rows:
        assert WORDS in text
    return TEXT if rows else NOTHING


COMMENT_PLACES: dict[str, Look] = {
    "list": _in_thread(order="oldest"),
    "branch": _in_thread(branch=lambda scene: scene.root.pk),
    "replies": _in_thread(parent=lambda scene: scene.root.pk),
    "permalink": _in_thread(around=lambda scene: scene.comment.pk),
    "since": _in_thread(since=lambda scene: scene.comment.pk - 1),
    "by id": _by_id,
    "edits": _edits,
    "of post": _number("posts/{slug}", "comment_count"),
    "of thread": _number("posts/{slug}/comments/status", "comment_count"),
    "of root": _of_root,
    "of person": _number("users/comm", "comment_count"),
    "liked": _liked,
    "offered": _offered,
    "inbox": _inbox,
    "unread": _number("me/notifications/summary", "unread"),
}


def put_comment(scene: Scene, state: str) -> None:
    """Bring the comment into the state as it comes there."""
    if state == "deleted":
        path = f"/api/v1/comments/{scene.comment.pk}"
        client = scene.clients["comm"]
        assert client.delete(path, HTTP_IF_MATCH=client.etag(path)).status_code == 204
    elif state != "visible":
        moderate_comment(comment=scene.comment, status=state)


@pytest.mark.parametrize("state", COMMENT_TABLES)
def test_comment_is_seen_by_those_who_may(scene: Scene, state: str) -> None:
    put_comment(scene, state)

    assert table_of(scene, COMMENT_PLACES) == expected(COMMENT_TABLES[state])


@pytest.mark.parametrize("state", ANSWERED_TABLES)
def test_of_an_answered_comment_only_its_place_stays(scene: Scene, state: str) -> None:
    add_comment(post=scene.post, author=scene.people["read"], body="So do I.", parent=scene.comment)
    put_comment(scene, state)

    assert table_of(scene, COMMENT_PLACES) == expected(ANSWERED_TABLES[state])


def test_comment_that_comes_back_is_seen_as_before(scene: Scene) -> None:
    for state in ("removed", "spam", "pending", "visible"):
        moderate_comment(comment=scene.comment, status=state)

    assert table_of(scene, COMMENT_PLACES) == expected(COMMENT_TABLES["visible"])


# --- Places of a post --------------------------------------------------------------------------------------------

SEEN = """
list            text text text text text text text text text text 401
of tag          text text text text text text text text text text 401
of category     text text text text text text text text text text 401
of author       text text text text text text text text text text 401
by address      text text text text text text text text text text 401
search          401  -    -    text -    -    -    -    -    -    401
search of all   -    -    -    -    -    -    -    -    -    -    401
feed            401  text text -    -    -    text text text text 401
reading list    401  text text text text text text text text text 401
my reactions    401  text text text text text text text text text 401
inbox           401  text text text -    -    text text text text 401
unread          401  2    1    1    0    0    2    2    2    2    401
thread          text text text text text text text text text text 401
status          text text text text text text text text text text 401
comment         text text text text text text text text text text 401
mentionable     401  text text text text text text text text text 401
of the tag      1    1    1    1    1    1    1    1    1    1    401
of followed     401  1    1    1    1    1    1    1    1    1    401
of the category 1    1    1    1    1    1    1    1    1    1    401
of the archive  1    1    1    1    1    1    1    1    1    1    401
of the author   1    1    1    1    1    1    1    1    1    1    401
"""
UNSEEN = """
list            -    -    -    -    -    -    -    -    -    -    401
of tag          -    -    -    -    -    -    -    -    -    -    401
of category     -    -    -    -    -    -    -    -    -    -    401
of author       -    -    -    -    -    -    -    -    -    -    401
by address      -    -    -    text -    -    text -    text -    401
search          401  -    -    text -    -    -    -    -    -    401
search of all   401  -    -    text -    -    text -    text -    401
feed            401  -    -    -    -    -    -    -    -    -    401
reading list    401  -    -    text -    -    text -    text -    401
my reactions    401  -    -    text -    -    text -    text -    401
inbox           401  -    -    -    -    -    -    -    -    -    401
unread          401  0    0    0    0    0    0    0    0    0    401
thread          -    -    -    text -    -    text -    text -    401
status          -    -    -    text -    -    text -    text -    401
comment         -    -    -    text -    -    text -    text -    401
mentionable     401  -    -    text -    -    text -    text -    401
of the tag      0    0    0    0    0    0    0    0    0    0    401
of followed     401  0    0    0    0    0    0    0    0    0    401
of the category 0    0    0    0    0    0    0    0    0    0    401
of the archive  0    0    0    0    0    0    0    0    0    0    401
of the author   0    0    0    0    0    0    0    0    0    0    401
"""
POST_TABLES = {"published": SEEN, "draft": UNSEEN, "scheduled": UNSEEN, "trashed": UNSEEN}


def _rows_at(path: str, **query: Any) -> Look:
    """Whether a list has the post."""

    def look(scene: Scene, client: ApiClient) -> str:
        answer = client.get(f"/api/v1/{path}", _asked(scene, query))
        if answer.status_code in {400, 401, 404}:
            return {401: "401"}.get(answer.status_code, NOTHING)
        assert answer.status_code == 200, answer.content
        assert bool(answer.json()["results"]) == (scene.post.slug in answer.content.decode())
        return TEXT if answer.json()["results"] else NOTHING

    return look


def _opens(path: str) -> Look:
    def look(scene: Scene, client: ApiClient) -> str:
        status = client.get(f"/api/v1/{path.format(slug=scene.post.slug, comment=scene.comment.pk)}").status_code
        return {200: TEXT, 401: "401", 404: NOTHING}[status]

    return look


def _followed(scene: Scene, client: ApiClient) -> str:
    answer = client.get("/api/v1/me/followed-tags")
    return "401" if answer.status_code == 401 else str(answer.json()["results"][0]["post_count"])


def _archive(scene: Scene, client: ApiClient) -> str:
    answer = client.get("/api/v1/archive")
    return "401" if answer.status_code == 401 else str(sum(month["post_count"] for month in answer.json()["results"]))


POST_PLACES: dict[str, Look] = {
    "list": _rows_at("posts"),
    "of tag": _rows_at("posts", tag="tools"),
    "of category": _rows_at("posts", category="essays"),
    "of author": _rows_at("posts", author="auth"),
    "by address": _opens("posts/{slug}"),
    "search": _rows_at("posts", mine="true", q="quiet", status=lambda scene: scene.state),
    "search of all": _rows_at("posts", q="quiet", status=lambda scene: scene.state),
    "feed": _rows_at("me/feed"),
    "reading list": _rows_at("me/bookmarks"),
    "my reactions": _opens("posts/{slug}/my-reactions"),
    "inbox": _rows_at("me/notifications"),
    "unread": _number("me/notifications/summary", "unread"),
    "thread": _opens("posts/{slug}/comments"),
    "status": _opens("posts/{slug}/comments/status"),
    "comment": _opens("comments/{comment}"),
    "mentionable": _opens("posts/{slug}/mentionable"),
    "of the tag": _number("tags/tools", "post_count"),
    "of followed": _followed,
    "of the category": _number("categories/essays", "post_count"),
    "of the archive": _archive,
    "of the author": _number("users/auth", "post_count"),
}


def put_post(scene: Scene, state: str) -> None:
    """Bring the published post into the state as it comes there."""
    scene.state, post = state, scene.post
    if state == "trashed":
        trash_post(post=post)
    elif state != "published":
        draft = unpublish_post(post=post)
        if state == "scheduled":
            schedule_post(post=draft, published_at=timezone.now() + timedelta(days=1))


@pytest.mark.parametrize("state", POST_TABLES)
def test_post_is_seen_by_those_who_may(scene: Scene, state: str) -> None:
    for name, person in scene.people.items():
        if name != "auth":
            notify(recipient_id=person.pk, kind=Kind.POST, group=f"post:{scene.post.pk}", post_id=scene.post.pk)
    put_post(scene, state)

    assert table_of(scene, POST_PLACES) == expected(POST_TABLES[state])
