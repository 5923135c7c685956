"""Writing together: co-authors, reviews, remarks, presence; and publishing where an editor has to approve first.

What a co-author may do with every other route of posts is in `test_co_authors`.
"""

from typing import Any

from apps.accounts.models import User
from apps.accounts.relations import block
from apps.accounts.tests.factories import UserFactory
from apps.posts.models import CoAuthor, Post
from apps.posts.services.counters import contribution_of, move
from apps.posts.services.reviews import add_note
from apps.posts.services.working_copies import create_working_copy
from apps.posts.tests.factories import make_post
from apps.site.services import update_site
from conftest import Cast
from tests.access import posts
from tests.access.table import Area, Call, Cells, Rows, change, change_private

_PUBLIC = {"due", "published"}
_ALL = posts.STATES
_SUBMITTABLE = {"draft", "archived"}
_CO_AUTHOR = "posts/{slug}/co-authors/{username}"
_NOTE = "posts/{slug}/review-notes/{pk}"


def _writing(state: str, status: int) -> Cells:
    """For those who may edit the post."""
    return (change if state in _PUBLIC else change_private)(status)


def _reviewing(state: str, status: int) -> Cells:
    """For editors alone; the author is told so."""
    return _writing(state, status) | {"author": 403}


ROWS: Rows = {}
for _state in _ALL:
    _kept = 422 if _state == "trashed" else None
    ROWS["put", _CO_AUTHOR, _state] = _writing(_state, _kept or 204)
    ROWS["delete", _CO_AUTHOR, _state] = _writing(_state, 204)
    ROWS["put", "posts/{slug}/presence", _state] = _writing(_state, 200)
    ROWS["delete", "posts/{slug}/presence", _state] = _writing(_state, 204)
    ROWS["post", "posts/{slug}/submit", _state] = _writing(_state, 200 if _state in _SUBMITTABLE else 422)
    ROWS["post", "posts/{slug}/approve", _state] = _reviewing(_state, _kept or 200)
    ROWS["post", "posts/{slug}/send-back", _state] = _reviewing(_state, _kept or 200)
    ROWS["get", "posts/{slug}/review-notes", _state] = _writing(_state, 200)
    ROWS["post", "posts/{slug}/review-notes", _state] = _writing(_state, _kept or 201)
    ROWS["get", _NOTE, _state] = _writing(_state, 200)
    ROWS["patch", _NOTE, _state] = _writing(_state, 200)
    ROWS["delete", _NOTE, _state] = _writing(_state, 204)

ROWS |= {
    ("put", _CO_AUTHOR, "draft, of one who blocked the author"): change_private(403),
    ("put", _CO_AUTHOR, "draft, of a reader"): change_private(422),
    ("put", _CO_AUTHOR, "draft, of one deactivated"): change_private(404),
    # The outsider is the co-author, and goes.
    ("delete", _CO_AUTHOR, "draft, leaving"): change_private(204) | {"outsider": 204},
    ("post", "posts/{slug}/submit", "published, with a working copy"): change(200),
    ("post", "posts/{slug}/approve", "draft, not submitted"): change_private(422) | {"author": 403},
    ("post", "posts/{slug}/send-back", "draft, not submitted"): change_private(422) | {"author": 403},
    ("delete", _NOTE, "draft, an editor's"): change_private(204) | {"author": 403},
    # Where the publication asks for reviews, authors publish what is approved, and editors what they like.
    ("post", "posts/{slug}/publish", "draft, review required"): _reviewing("draft", 200),
    ("post", "posts/{slug}/publish", "draft, review required, submitted"): _reviewing("draft", 200),
    ("post", "posts/{slug}/publish", "draft, review required, sent_back"): _reviewing("draft", 200),
    ("post", "posts/{slug}/publish", "draft, review required, approved"): change_private(200),
    ("post", "posts/{slug}/publish", "archived, review required"): _reviewing("archived", 200),
    ("post", "posts/{slug}/schedule", "draft, review required"): _reviewing("draft", 200),
    ("post", "posts/{slug}/schedule", "draft, review required, approved"): change_private(200),
    ("post", "posts/{slug}/unpublish", "published, review required"): change(200),
    ("patch", "posts/{slug}", "draft, review required"): change_private(200),
    ("patch", "posts/{slug}", "published, review required"): _reviewing("published", 200),
    ("patch", "posts/{slug}", "due, review required"): _reviewing("due", 200),
    ("patch", "posts/{slug}", "scheduled, review required, approved"): _reviewing("scheduled", 200),
    ("post", "posts/{slug}/working-copy/publish", "published, review required"): _reviewing("published", 200),
    ("post", "posts/{slug}/working-copy/publish", "published, review required, approved"): change(200),
}


def write_with(post: Post, person: User) -> None:
    """Make the person a co-author, in any state of the post and whoever has blocked whom."""
    before = contribution_of(post)
    if CoAuthor.objects.get_or_create(post=post, user=person)[1]:
        post.co_author_count += 1
        Post.objects.filter(pk=post.pk).update(co_author_count=post.co_author_count)
        move(before, contribution_of(post))


def _person(state: str, cast: Cast) -> User:
    if state.endswith("reader"):
        return cast.reader
    if state.endswith("deactivated"):
        return cast.deactivated
    person = UserFactory.create(username="ada", roles=["author"])
    if "blocked" in state:
        block(blocker=person, blocked=cast.author)
    return person


def _call_co_author(method: str, route: str, state: str, post: Post, cast: Cast) -> Call:
    person = cast.outsider if "leaving" in state else _person(state, cast)
    if method == "delete":
        write_with(post, person)
    return Call(f"/api/v1/{route.format(slug=post.slug, username=person.username)}")


def _call_note(method: str, route: str, state: str, post: Post, cast: Cast) -> Call:
    trashed = post.status == Post.Status.TRASHED
    if trashed:
        Post.objects.filter(pk=post.pk).update(status="draft", trashed_at=None)
    note = add_note(post=post, author=cast.editor if "editor's" in state else cast.author, body="Who says so?")
    if trashed:
        Post.objects.filter(pk=post.pk).update(status="trashed", trashed_at=post.trashed_at)
    body = {"resolved": True} if method == "patch" else None
    return Call(f"/api/v1/{route.format(slug=post.slug, pk=note.pk)}", body)


def _body(method: str, route: str) -> dict[str, Any] | None:
    last = route.rpartition("/")[2]
    if method == "get":
        return None
    return {
        "presence": {"tab": "one-of-many-tabs"},
        "send-back": {"note": "Please name your source."},
        "review-notes": {"body": "Who says so?"},
        "{slug}": {"title": "Another title"},
    }.get(last, {})


def call(method: str, route: str, state: str, role: str, cast: Cast) -> Call:
    first, _, rest = state.partition(", ")
    if route.endswith("/schedule"):
        prepared = posts.call(method, route, first, role, cast)
        post = Post.objects.get(author=cast.author)
    else:
        post = make_post(cast.author, first)
        path = f"/api/v1/{route.format(slug=post.slug, username='', pk='')}"
        prepared = Call(path, _body(method, route), if_match=method == "patch" or "review-notes" not in route)
    if "working copy" in rest or "working-copy" in route:
        create_working_copy(post=post, changes={"title": "Another title"}, editor=cast.author)
    _review(post, route, rest)
    if "co-authors" in route:
        return _call_co_author(method, route, state, post, cast)
    return _call_note(method, route, state, post, cast) if route == _NOTE else prepared


def _review(post: Post, route: str, rest: str) -> None:
    """Bring the review into the state that the row names; what is approved or sent back was submitted."""
    if "review required" in rest:
        update_site(review_required=True)
    named = rest.rpartition(", ")[2]
    if named in Post.ReviewState.values:
        Post.objects.filter(pk=post.pk).update(review_state=named)
    elif route.endswith(("/approve", "/send-back")) and not rest:
        Post.objects.filter(pk=post.pk).update(review_state="submitted")


AREA = Area(ROWS, call)
