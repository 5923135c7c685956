"""What programs can do with a personal API token, and what they cannot."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import OperationalError
from django.utils import timezone

from apps.accounts.models import ApiToken, User
from apps.accounts.roles import ROLE_PERMISSIONS, Role
from apps.accounts.scopes import DESCRIPTIONS, SCOPE_PERMISSIONS, Scope
from apps.accounts.services import assign_roles, set_active
from apps.comments.services import add_comment, moderate_comment
from apps.posts.tests.factories import make_post
from conftest import ApiClient

pytestmark = pytest.mark.django_db

POSTS = "/api/v1/posts"


def program(user: User, *scopes: str) -> ApiClient:
    client = ApiClient()
    client.use_token(user, *scopes)
    return client


def test_token_reads_what_its_owner_may_read(author: User, outsider: User) -> None:
    draft = make_post(author, "draft")

    assert program(author, "posts:read").get(f"{POSTS}/{draft.slug}").status_code == 200
    assert program(outsider, "posts:read").get(f"{POSTS}/{draft.slug}").status_code == 404


def test_answer_names_the_scope_that_is_missing(author: User) -> None:
    response = program(author, "posts:read", "comments:write").post(POSTS, {"title": "Quiet tools"})

    problem = response.json()
    assert (response.status_code, problem["code"]) == (403, "insufficient_scope")
    assert problem["needed_scopes"] == ["posts:write"]
    assert "posts:write" in problem["detail"]
    assert response.headers["WWW-Authenticate"] == (
        'Bearer realm="api", error="insufficient_scope", scope="posts:write"'
    )


def test_even_public_reads_need_a_scope(author: User) -> None:
    client = program(author, "comments:write")

    assert client.get(POSTS).json()["needed_scopes"] == ["posts:read"]
    assert client.head(POSTS).status_code == 403
    assert client.options(POSTS).status_code == 403
    assert client.get("/api/v1/site").status_code == 200


def test_what_no_scope_opens_says_so(admin: User) -> None:
    client = program(admin, *Scope)

    for method, path in (("get", "/api/v1/me/tokens"), ("post", "/api/v1/me/tokens"), ("patch", "/api/v1/me")):
        response = getattr(client, method)(path, {})
        assert (response.status_code, response.json()["code"]) == (403, "insufficient_scope"), path
        assert "needed_scopes" not in response.json()
        assert response.headers["WWW-Authenticate"] == 'Bearer realm="api", error="insufficient_scope"'


def test_token_is_not_more_than_its_owner(reader: User) -> None:
    client = program(reader, *Scope)

    assert client.post(POSTS, {"title": "Quiet tools"}).json()["code"] == "permission_denied"


def test_rights_of_the_owner_are_cut_to_the_scopes(admin: User, author: User) -> None:
    comment = add_comment(post=make_post(author), author=author, body="A remark.")
    spam = add_comment(post=make_post(author), author=author, body="Buy this.")
    moderate_comment(comment=spam, status="spam")
    plain, moderating = program(admin, "comments:read", "comments:write"), program(admin, "moderation")
    paths = [f"/api/v1/comments/{row.pk}" for row in (comment, spam)]

    assert [plain.get(path).status_code for path in paths] == [200, 404]
    assert [moderating.get(path).status_code for path in paths] == [200, 200]
    assert [plain.delete(path, headers={"If-Match": "*"}).status_code for path in paths] == [403, 404]
    assert [moderating.delete(path, headers={"If-Match": "*"}).status_code for path in paths] == [204, 204]


def test_moderation_does_not_take_back_the_owners_own_comments(admin: User) -> None:
    comment = add_comment(post=make_post(admin), author=admin, body="My own.")

    response = program(admin, "moderation").delete(f"/api/v1/comments/{comment.pk}", headers={"If-Match": "*"})

    assert response.json()["needed_scopes"] == ["comments:write"]


def test_featuring_is_cut_for_a_token_that_only_reads(editor: User) -> None:
    post = make_post(editor)
    path = f"{POSTS}/{post.slug}?include=permissions"

    assert program(editor, "posts:read").get(path).json()["permissions"]["feature"] is False
    assert program(editor, "posts:read", "posts:write").get(path).json()["permissions"]["feature"] is True


def test_lost_role_is_lost_to_the_token_with_its_next_request(author: User) -> None:
    client = program(author, "posts:write")
    assert client.post(POSTS, {"title": "One"}).status_code == 201

    assign_roles(user=author, roles=[Role.READER])

    assert client.post(POSTS, {"title": "Two"}).status_code == 403


def test_token_is_refused_after_its_last_day(reader: User) -> None:
    client = ApiClient()
    token, _ = client.use_token(reader, "posts:read", days=3)

    with time_machine.travel(token.expires_at - timedelta(seconds=1), tick=False):
        assert client.get(POSTS).status_code == 200
    with time_machine.travel(token.expires_at, tick=False):
        response = client.get(POSTS)
    assert (response.status_code, response.json()["code"]) == (401, "invalid_token")
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="api"'


@pytest.mark.parametrize("change", [{"is_active": False}, {"deletion_due_at": timezone.now() + timedelta(days=3)}])
def test_account_that_is_off_or_about_to_go_takes_its_tokens_along(reader: User, change: dict[str, Any]) -> None:
    client = program(reader, "posts:read")

    User.objects.filter(pk=reader.pk).update(**change)

    assert client.get(POSTS).status_code == 401


def test_account_that_is_let_back_in_makes_new_tokens(reader: User) -> None:
    client = program(reader, "account:read")
    set_active(user=reader, active=False)
    set_active(user=reader, active=True)

    assert client.get("/api/v1/me").status_code == 401


def test_role_that_needs_a_second_factor_needs_it_for_tokens_too(editor: User, author: User, settings: Any) -> None:
    clients = [program(user, "posts:read") for user in (editor, author)]

    settings.SECOND_FACTOR_ROLES = ["editor"]
    responses = [client.get(POSTS) for client in clients]

    assert [response.status_code for response in responses] == [403, 200]
    assert responses[0].json()["code"] == "second_factor_needed"
    User.objects.filter(pk=editor.pk).update(has_second_factor=True)
    assert clients[0].get(POSTS).status_code == 200


def test_use_is_noted_once_a_minute(reader: User, django_assert_num_queries: Any) -> None:
    client = program(reader, "account:read")
    start = timezone.now()
    schema = "/api/v1/schema"  # asks the database for nothing of its own

    for seconds, queries in ((0, 4), (1, 1), (59, 1), (60, 4), (61, 1)):
        with time_machine.travel(start + timedelta(seconds=seconds), tick=False), django_assert_num_queries(queries):
            client.get(schema, REMOTE_ADDR=f"192.0.2.{seconds}")

    token = ApiToken.objects.get()
    assert token.last_used_at == start + timedelta(seconds=60)
    assert token.last_used_address == "192.0.2.60"


def test_use_that_cannot_be_noted_is_no_reason_to_refuse(reader: User, monkeypatch: Any) -> None:
    client = program(reader, "posts:read")

    def away(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("django.db.models.query.QuerySet.update", away)

    assert client.get(POSTS).status_code == 200


def test_requests_count_as_the_owners(api: Any, reader: User) -> None:
    with_token = program(reader, "posts:read").get(POSTS)
    with_session = api(reader).get(POSTS)

    quota = settings.RATE_LIMITS["signed-in"]
    assert with_token.headers["RateLimit"].startswith(f'"signed-in";r={quota - 1};')
    assert with_session.headers["RateLimit"].startswith(f'"signed-in";r={quota - 2};')


def test_answers_to_tokens_are_private(reader: User) -> None:
    response = program(reader, "posts:read").get(POSTS)

    assert response.headers["Cache-Control"] == "private, no-cache"
    assert "Authorization" in response.headers["Vary"]


def test_token_does_not_sign_in(reader: User) -> None:
    client = ApiClient()
    _, text = client.use_token(reader, *Scope)

    assert client.post("/api/v1/auth/token/refresh", {"refresh": text}).status_code == 401
    assert client.post("/api/v1/auth/sign-out", {"refresh": text}).status_code == 204
    assert client.get(POSTS).status_code == 200


def test_every_scope_says_what_it_is_for_and_leaves_permissions_that_exist() -> None:
    known = {permission for permissions in ROLE_PERMISSIONS.values() for permission in permissions}

    assert set(DESCRIPTIONS) == set(SCOPE_PERMISSIONS) == set(Scope)
    assert {permission for permissions in SCOPE_PERMISSIONS.values() for permission in permissions} <= known
