"""Who may do what: every route and method of the API, for every role, in every state, with the expected status.

A route or method that the table below does not name fails the test: nothing is reachable without a decision.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from apps.accounts.tests.factories import PASSWORD
from apps.comments.models import Comment
from apps.comments.services import add_comment, delete_comment, moderate_comment
from apps.pages.services import save_page
from apps.posts.tests.factories import make_post
from apps.tags.services import create_category
from conftest import ApiFor, Cast

pytestmark = pytest.mark.django_db

ROLES = ("anonymous", "reader", "outsider", "author", "editor", "moderator", "admin", "deactivated")
Cells = dict[str, int]


def cells(everybody: int, **exceptions: int) -> Cells:
    """A row of the table. A deactivated account's token is refused everywhere unless the row says otherwise."""
    return {**dict.fromkeys(ROLES, everybody), "deactivated": 401, **exceptions}


def private(status: int, *, others: int = 404) -> Cells:
    """For what only its author, editors and admins may see."""
    return cells(others, author=status, editor=status, admin=status)


def change(status: int, *, signed_in: int = 403) -> Cells:
    """For changes to what everybody sees: by its author, editors and admins."""
    return cells(signed_in, anonymous=401, author=status, editor=status, admin=status)


def change_private(status: int) -> Cells:
    """For changes to what only those who may change it see. Who is not signed in is asked to, and learns nothing."""
    return {**private(status), "anonymous": 401}


READ = cells(200)
PROFILE = cells(200)
SIGNED_IN = cells(200, anonymous=401)

# (method, route, state) → status by role. A state of "-" means that there is none.
MATRIX: dict[tuple[str, str, str], Cells] = {
    ("get", "site", "-"): READ,
    ("get", "schema", "-"): READ,
    ("get", "pages", "-"): READ,
    ("get", "pages/{slug}", "published"): READ,
    ("get", "pages/{slug}", "draft"): cells(404, editor=200, admin=200),
    ("get", "tags", "-"): READ,
    ("get", "tags/{slug}", "-"): READ,
    ("get", "categories", "-"): READ,
    ("get", "categories/{slug}", "-"): READ,
    ("get", "archive", "-"): READ,
    ("get", "users", "-"): READ,
    ("get", "users/{username}", "-"): READ,
    ("post", "markdown/preview", "-"): SIGNED_IN,
    ("get", "me", "-"): SIGNED_IN,
    ("patch", "me", "-"): SIGNED_IN,
    ("post", "auth/register", "-"): cells(403, anonymous=201),
    ("post", "auth/token", "-"): cells(200, anonymous=401),  # with the role's own password
    ("post", "auth/token/refresh", "-"): cells(401),  # nobody here has a refresh token
    ("post", "auth/sign-out", "-"): cells(204, deactivated=204),
    ("get", "posts", "-"): READ,
    ("post", "posts", "-"): cells(403, anonymous=401, outsider=201, author=201, editor=201, admin=201),
    ("get", "posts/{slug}", "draft"): private(200),
    ("get", "posts/{slug}", "scheduled"): private(200),
    ("get", "posts/{slug}", "due"): READ,
    ("get", "posts/{slug}", "published"): READ,
    ("get", "posts/{slug}", "archived"): private(200),
    ("patch", "posts/{slug}", "draft"): change_private(200),
    ("patch", "posts/{slug}", "scheduled"): change_private(200),
    ("patch", "posts/{slug}", "due"): change(200),
    ("patch", "posts/{slug}", "published"): change(200),
    ("patch", "posts/{slug}", "archived"): change_private(200),
    ("delete", "posts/{slug}", "draft"): change_private(204),
    ("delete", "posts/{slug}", "scheduled"): change_private(204),
    ("delete", "posts/{slug}", "due"): change(204),
    ("delete", "posts/{slug}", "published"): change(204),
    ("delete", "posts/{slug}", "archived"): change_private(204),
    ("post", "posts/{slug}/publish", "draft"): change_private(200),
    ("post", "posts/{slug}/publish", "scheduled"): change_private(200),
    ("post", "posts/{slug}/publish", "due"): change(200),
    ("post", "posts/{slug}/publish", "published"): change(422),
    ("post", "posts/{slug}/publish", "archived"): change_private(200),
    ("post", "posts/{slug}/unpublish", "draft"): change_private(422),
    ("post", "posts/{slug}/unpublish", "scheduled"): change_private(200),
    ("post", "posts/{slug}/unpublish", "due"): change(200),
    ("post", "posts/{slug}/unpublish", "published"): change(200),
    ("post", "posts/{slug}/unpublish", "archived"): change_private(200),
    ("post", "posts/{slug}/schedule", "draft"): change_private(200),
    ("post", "posts/{slug}/schedule", "scheduled"): change_private(200),
    ("post", "posts/{slug}/schedule", "due"): change(422),
    ("post", "posts/{slug}/schedule", "published"): change(422),
    ("post", "posts/{slug}/schedule", "archived"): change_private(200),
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
}

# Comments are the author's, under a published post; `carrying` means that a visible reply hangs on it.
_SEEN_BY_MODERATORS = cells(404, moderator=200, admin=200)
_NOT_TO_EDIT = cells(404, anonymous=401, moderator=403, admin=403)
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
    MATRIX["get", "comments/{pk}", state] = get
    MATRIX["patch", "comments/{pk}", state] = patch
    if delete:
        MATRIX["delete", "comments/{pk}", state] = delete


@dataclass(frozen=True)
class Call:
    """What to send: where, and with which body and headers."""

    path: str
    body: dict[str, Any] | None = None
    if_match: bool = False


def _comment_in(state: str, cast: Cast) -> Comment:
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


def _post_call(route: str, state: str, method: str, cast: Cast) -> Call:
    post = make_post(cast.author, state)
    path = f"/api/v1/{route.format(slug=post.slug)}"
    if route.endswith("/schedule"):
        return Call(path, {"published_at": (timezone.now() + timedelta(days=2)).isoformat()}, if_match=True)
    if route.endswith("/comments"):
        return Call(path, {"body": "A remark."} if method == "post" else None)
    body = {"title": "Another title"} if method == "patch" else None
    return Call(path, body, if_match=method != "get")


def _body(route: str, role: str) -> dict[str, Any] | None:
    bodies: dict[str, dict[str, Any]] = {
        "auth/register": {"username": f"new_{role}", "email": f"{role}@new.example", "password": "k3ttle-drum"},
        "auth/token": {"username": role, "password": PASSWORD, "cookie": False},
        "auth/token/refresh": {},
        "auth/sign-out": {},
        "markdown/preview": {"body": "*Hm.*"},
        "posts": {"title": "A new one"},
        "me": {"bio": "Likes rain."},
    }
    return bodies.get(route)


def _call(method: str, route: str, state: str, role: str, cast: Cast) -> Call:
    if route.startswith("posts/"):
        return _post_call(route, state, method, cast)
    if route == "comments/{pk}":
        comment = _comment_in(state, cast)
        body = {"body": "Better words."} if method == "patch" else None
        return Call(f"/api/v1/comments/{comment.pk}", body, if_match=method != "get")
    if route == "pages/{slug}":
        save_page(title="About", slug="about", status=state)
        return Call("/api/v1/pages/about")
    if route == "tags/{slug}":
        make_post(cast.author, tags=["maps"])
        return Call("/api/v1/tags/maps")
    if route == "categories/{slug}":
        create_category(name="Places", slug="places")
        return Call("/api/v1/categories/places")
    if route == "users/{username}":
        return Call("/api/v1/users/author")
    return Call(f"/api/v1/{route}", None if method == "get" else _body(route, role))


@pytest.mark.parametrize(("method", "route", "state"), sorted(MATRIX))
def test_every_role_gets_what_the_table_says(method: str, route: str, state: str, cast: Cast, api: ApiFor) -> None:
    wrong = {}
    for role, user in cast.items():
        # Each role finds the same state: what one of them changed is rolled back before the next.
        with transaction.atomic():
            call = _call(method, route, state, role, cast)
            headers = {"If-Match": "*"} if call.if_match else {}
            response = getattr(api(user), method)(call.path, call.body, headers=headers)
            if response.status_code != MATRIX[method, route, state][role]:
                wrong[role] = (response.status_code, MATRIX[method, route, state][role], response.content[:200])
            transaction.set_rollback(True)
    assert not wrong, f"role: (answered, expected, body): {wrong}"


def _routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, str]]:
    """(method, route) of everything below the prefix, routes written as in the table."""
    for pattern in patterns:
        text = prefix + str(pattern.pattern)
        if not text.startswith("api/") or text == "api/docs":
            continue  # the admin and the pages for people have tests of their own
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, text)
            continue
        route = re.sub(r"\(\?P<(\w+)>[^)]*\)|<(?:\w+:)?(\w+)>", lambda m: "{" + (m[1] or m[2]) + "}", text)
        view: Any = pattern.callback
        actions = getattr(view, "actions", None) or {
            name: name for name in ("get", "post", "put", "patch", "delete") if hasattr(view.cls, name)
        }
        for method in set(actions) - {"head"}:
            yield method, route.replace("^", "").replace("$", "")


def test_the_table_names_every_route_and_method() -> None:
    found = {
        (method, route.removeprefix("api/v1/"))
        for method, route in _routes(get_resolver().url_patterns)
        if route.startswith("api/v1/")
    }
    assert found == {(method, route) for method, route, _ in MATRIX}


def test_every_post_route_names_every_state() -> None:
    post_rows = {(method, route) for method, route, _ in MATRIX if route.startswith("posts/")}
    for method, route in post_rows:
        states = {state for m, r, state in MATRIX if (m, r) == (method, route)}
        assert states == {"draft", "scheduled", "due", "published", "archived"}, (method, route)
