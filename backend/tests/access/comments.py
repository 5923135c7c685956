"""Comments: threads under posts in each state, and single comments in each of theirs."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.relations import block
from apps.accounts.tests.factories import UserFactory
from apps.comments.models import Comment
from apps.comments.services import add_comment, delete_comment, moderate_comment
from apps.posts.models import Post
from apps.posts.tests.factories import make_post
from conftest import Cast
from tests.access.table import READ, SIGNED_IN, Area, Call, Cells, Rows, cells, change_private, private

ROWS: Rows = {
    ("get", "posts/{slug}/comments", "draft"): private(200),
    ("get", "posts/{slug}/comments", "scheduled"): private(200),
    ("get", "posts/{slug}/comments", "due"): READ,
    ("get", "posts/{slug}/comments", "published"): READ,
    ("get", "posts/{slug}/comments", "archived"): private(200),
    ("post", "posts/{slug}/comments", "draft"): change_private(422),
    ("post", "posts/{slug}/comments", "scheduled"): change_private(422),
    ("post", "posts/{slug}/comments", "due"): cells(201, anonymous=401),
    ("post", "posts/{slug}/comments", "published"): cells(201, anonymous=401),
    ("post", "posts/{slug}/comments", "archived"): change_private(422),
    # By an author who has blocked the caller; and in reply to a comment of such a person, the author here too.
    ("post", "posts/{slug}/comments", "published, blocking"): cells(403, anonymous=401, author=201),
    ("post", "posts/{slug}/comments", "published, reply to one blocking"): cells(403, anonymous=401, author=201),
}

for state, get, whom in (
    ("draft", private(200), change_private(200)),
    ("scheduled", private(200), change_private(200)),
    ("due", READ, SIGNED_IN),
    ("published", READ, SIGNED_IN),
    ("archived", private(200), change_private(200)),
    ("trashed", private(200), change_private(200)),
):
    ROWS["get", "posts/{slug}/comments/status", state] = get
    ROWS["get", "posts/{slug}/mentionable", state] = whom

# A thread that a moderator has locked or slowed down, and a caller whom one has silenced.
ROWS["post", "posts/{slug}/comments", "published, locked"] = cells(422, anonymous=401)
ROWS["post", "posts/{slug}/comments", "published, slow"] = cells(429, anonymous=401, moderator=201, admin=201)
ROWS["post", "posts/{slug}/comments", "published, silenced"] = cells(403, anonymous=401)

# Comments are the author's, under a published post; `carrying` means that a visible reply hangs on it.
_SEEN_BY_MODERATORS = cells(404, moderator=200, admin=200)
_NOT_TO_EDIT = cells(404, anonymous=401, moderator=403, admin=403)


def _edits(get: Cells) -> Cells:
    """Former texts: of what one sees at all, for moderators."""
    return {
        role: 403 if status == 200 and role not in {"moderator", "admin"} else status for role, status in get.items()
    } | {"anonymous": 401}


for state, get, patch, delete in (
    (
        "visible",
        READ,
        cells(403, anonymous=401, author=200),
        cells(403, anonymous=401, author=204, moderator=204, admin=204),
    ),
    (
        "pending",
        cells(404, author=200, moderator=200, admin=200),
        cells(404, anonymous=401, author=200, moderator=403, admin=403),
        cells(404, anonymous=401, author=204, moderator=204, admin=204),
    ),
    ("spam", _SEEN_BY_MODERATORS, _NOT_TO_EDIT, cells(404, anonymous=401, moderator=204, admin=204)),
    ("removed", _SEEN_BY_MODERATORS, _NOT_TO_EDIT, _NOT_TO_EDIT),
    ("deleted", _SEEN_BY_MODERATORS, _NOT_TO_EDIT, _NOT_TO_EDIT),
    ("removed, carrying", READ, cells(403, anonymous=401), cells(403, anonymous=401)),
    ("deleted, carrying", READ, cells(403, anonymous=401), cells(403, anonymous=401)),
    ("under a draft", private(200), _NOT_TO_EDIT | {"moderator": 404, "author": 200, "editor": 403}, {}),
):
    ROWS["get", "comments/{pk}", state] = get
    ROWS["patch", "comments/{pk}", state] = patch
    ROWS["get", "comments/{pk}/edits", state] = _edits(get)
    if delete:
        ROWS["delete", "comments/{pk}", state] = delete


def comment_in(state: str, cast: Cast) -> Comment:
    """A comment of the author's in the state that a row names."""
    post = make_post(cast.author)
    comment = add_comment(post=post, author=cast.author, body="One's own words.")
    status, _, carrying = state.partition(", ")
    if carrying:
        add_comment(post=post, author=cast.outsider, parent=comment, body="A reply.")
    if state == "under a draft":
        type(post).objects.filter(pk=post.pk).update(status="draft")
    elif status == "deleted":
        delete_comment(comment=comment)
    elif status != "visible":
        moderate_comment(comment=comment, status=status)
    return comment


def _answer_to_one_blocking(state: str, role: str, cast: Cast) -> Call:
    """A comment under the author's post, or a reply to the author under somebody else's."""
    caller = getattr(cast, role)
    reply = "reply" in state
    post = make_post(UserFactory.create(roles=["author"]) if reply else cast.author)
    body: dict[str, Any] = {"body": "A remark."}
    if reply:
        body["parent"] = add_comment(post=post, author=cast.author, body="Mine.").pk
    if caller is not None and caller != cast.author:
        block(blocker=cast.author, blocked=caller)
    return Call(f"/api/v1/posts/{post.slug}/comments", body)


def _comment_in_a_guarded_thread(state: str, role: str, cast: Cast) -> Call:
    """A second comment in slow mode, one in a locked thread, one by somebody who is silenced."""
    caller, post = getattr(cast, role), make_post(cast.author)
    if caller is not None and state == "published, slow":
        add_comment(post=post, author=caller, body="The first.")
    later = timezone.now() + timedelta(hours=1)
    if caller is not None and state == "published, silenced":
        User.objects.filter(pk=caller.pk).update(silenced_until=later)
    Post.objects.filter(pk=post.pk).update(
        thread_locked=state == "published, locked",
        slow_mode_seconds=600 if state == "published, slow" else 0,
    )
    return Call(f"/api/v1/posts/{post.slug}/comments", {"body": "A remark."})


def call(method: str, route: str, state: str, role: str, cast: Cast) -> Call:
    if route == "posts/{slug}/comments" and "blocking" in state:
        return _answer_to_one_blocking(state, role, cast)
    if ", " in state and route == "posts/{slug}/comments":
        return _comment_in_a_guarded_thread(state, role, cast)
    if route.startswith("posts/"):
        post = make_post(cast.author, state)
        path = f"/api/v1/{route.format(slug=post.slug)}"
        return Call(path, {"body": "A remark."} if method == "post" else None)
    comment = comment_in(state, cast)
    body = {"body": "Better words."} if method == "patch" else None
    return Call(f"/api/v1/{route.format(pk=comment.pk)}", body, if_match=method != "get")


# Without `moderation`, a token does not see what only moderators see; to it, these comments are not there.
TOKEN_ROWS: Rows = {
    ("post", "posts/{slug}/comments", "published, slow"): cells(429, anonymous=401),
    ("patch", "comments/{pk}", "pending"): cells(404, anonymous=401, author=200),
    ("patch", "comments/{pk}", "spam"): cells(404, anonymous=401),
    ("patch", "comments/{pk}", "removed"): cells(404, anonymous=401),
    ("patch", "comments/{pk}", "deleted"): cells(404, anonymous=401),
}

AREA = Area(ROWS, call, TOKEN_ROWS)
