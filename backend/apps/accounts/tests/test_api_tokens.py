"""Personal API tokens: making, listing and revoking them."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from apps.accounts.api_tokens import digest_of, forget_old_tokens, make_token, revoke_all_tokens
from apps.accounts.models import ApiToken, SecurityEvent, User
from apps.accounts.scopes import Scope
from apps.common.models import IdempotencyRecord

pytestmark = pytest.mark.django_db

TOKENS = "/api/v1/me/tokens"
WANTED = {"name": "Backup", "scopes": ["posts:read", "comments:read"], "expires_in_days": 30}


def test_owner_makes_a_token_and_sees_its_text_once(api: Any, reader: User) -> None:
    client = api(reader)

    response = client.post(TOKENS, WANTED)

    made = response.json()
    assert response.status_code == 201
    assert re.fullmatch(r"byline_[A-Za-z0-9]{43}", made["token"])
    assert made["token"].endswith(made["hint"])
    assert (made["name"], made["scopes"], made["last_used_at"]) == ("Backup", ["posts:read", "comments:read"], None)
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
    [listed] = client.get(TOKENS).json()["results"]
    assert listed == {name: value for name, value in made.items() if name != "token"}
    assert client.get(response.headers["Location"]).json() == listed


def test_only_the_digest_of_a_token_is_kept(api: Any, reader: User) -> None:
    text = api(reader).post(TOKENS, WANTED).json()["token"]

    row = ApiToken.objects.values().get()
    assert row["digest"] == digest_of(text)
    assert text not in str(row)


def test_answer_that_shows_a_token_is_stored_for_no_repetition(api: Any, reader: User) -> None:
    client = api(reader)
    key = {"Idempotency-Key": "the-same-key"}

    first, second = (client.post(TOKENS, WANTED, headers=key).json()["token"] for _ in range(2))

    assert first != second
    assert not IdempotencyRecord.objects.exists()


def test_making_and_revoking_are_in_the_owners_log(api: Any, reader: User) -> None:
    client = api(reader)
    made = client.post(TOKENS, WANTED, headers={"User-Agent": "Browser"}).json()
    assert client.delete(f"{TOKENS}/{made['id']}").status_code == 204

    events = list(SecurityEvent.objects.filter(user=reader).order_by("id").values_list("kind", "detail"))
    assert events == [("token_made", "Backup"), ("token_revoked", "Backup")]
    assert SecurityEvent.objects.filter(user_agent="Browser", address="127.0.0.1", kind="token_made").exists()


def test_revoked_token_is_refused_at_once_and_not_listed(api: Any, reader: User) -> None:
    client = api(reader)
    made = client.post(TOKENS, WANTED).json()
    program = api()
    program.credentials(HTTP_AUTHORIZATION=f"Bearer {made['token']}")
    assert program.get("/api/v1/posts").status_code == 200

    assert client.delete(f"{TOKENS}/{made['id']}").status_code == 204

    response = program.get("/api/v1/posts")
    assert (response.status_code, response.json()["code"]) == (401, "invalid_token")
    assert client.get(TOKENS).json()["results"] == []
    assert client.delete(f"{TOKENS}/{made['id']}").status_code == 404


def test_making_a_token_asks_for_a_recent_proof(api: Any, reader: User) -> None:
    client = api(reader)

    reader.sessions.update(confirmed_at=timezone.now() - settings.CONFIRMATION_LASTS + timedelta(seconds=5))
    assert client.post(TOKENS, WANTED).status_code == 201
    reader.sessions.update(confirmed_at=timezone.now() - settings.CONFIRMATION_LASTS - timedelta(seconds=5))
    response = client.post(TOKENS, WANTED)

    assert (response.status_code, response.json()["code"]) == (403, "confirmation_required")
    assert ApiToken.objects.count() == 1
    assert client.get(TOKENS).status_code == 200


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"name": ""}, "/name", "blank"),
        ({"name": "   "}, "/name", "blank"),
        ({"name": "x" * 81}, "/name", "max_length"),
        ({"name": "nul\0"}, "/name", "null_characters_not_allowed"),
        ({"name": 3}, "/name", "wrong_type"),
        ({"scopes": []}, "/scopes", "min_length"),
        ({"scopes": ["posts:read", "everything"]}, "/scopes/1", "invalid_choice"),
        ({"scopes": ["*"]}, "/scopes/0", "invalid_choice"),
        ({"scopes": "posts:read"}, "/scopes", "not_a_list"),
        ({"scopes": [["posts:read"]]}, "/scopes/0", "invalid_choice"),
        ({"expires_in_days": 0}, "/expires_in_days", "min_value"),
        ({"expires_in_days": 367}, "/expires_in_days", "max_value"),
        ({"expires_in_days": None}, "/expires_in_days", "null"),
        ({"expires_in_days": "30"}, "/expires_in_days", "wrong_type"),
        ({"expires_in_days": True}, "/expires_in_days", "wrong_type"),
        ({"user": 1}, "/user", "unknown_field"),
    ],
)
def test_refused_values_are_named(api: Any, reader: User, change: dict[str, Any], pointer: str, code: str) -> None:
    response = api(reader).post(TOKENS, {**WANTED, **change})

    assert response.status_code == 400
    assert [(row["pointer"], row["code"]) for row in response.json()["errors"]] == [(pointer, code)]


def test_missing_values_are_named_and_the_rest_is_chosen(api: Any, reader: User) -> None:
    client = api(reader)

    refused = client.post(TOKENS, {}).json()
    made = client.post(TOKENS, {"name": "Backup", "scopes": ["moderation", "posts:read", "posts:read"]}).json()

    assert {row["pointer"] for row in refused["errors"]} == {"/name", "/scopes"}
    assert made["scopes"] == ["posts:read", "moderation"]
    days = (ApiToken.objects.get().expires_at - timezone.now()).days
    assert days == 89


def test_account_has_no_more_than_so_many_tokens(api: Any, reader: User, settings: Any) -> None:
    settings.API_TOKENS_PER_ACCOUNT = 2
    client = api(reader)
    first = client.post(TOKENS, WANTED).json()
    client.post(TOKENS, WANTED)

    response = client.post(TOKENS, WANTED)

    assert (response.status_code, response.json()["code"]) == (422, "too_many_tokens")
    client.delete(f"{TOKENS}/{first['id']}")
    assert client.post(TOKENS, WANTED).status_code == 201


def test_list_has_pages_and_a_constant_number_of_queries(
    api: Any, reader: User, django_assert_num_queries: Any
) -> None:
    client = api(reader)
    for number in range(5):
        make_token(user=reader, name=str(number), scopes={Scope.POSTS_READ}, days=1)
    client.get(TOKENS)

    with django_assert_num_queries(2):
        page = client.get(TOKENS, {"limit": 2}).json()
    with django_assert_num_queries(2):
        client.get(TOKENS, {"limit": 5})

    assert [row["name"] for row in page["results"]] == ["4", "3"]
    assert [row["name"] for row in client.get(page["next"]).json()["results"]] == ["2", "1"]


def test_expired_token_is_listed_until_it_is_forgotten(api: Any, reader: User) -> None:
    now = timezone.now()
    with time_machine.travel(now - timedelta(days=85), tick=False):
        make_token(user=reader, name="Old", scopes={Scope.POSTS_READ}, days=1)
    with time_machine.travel(now - timedelta(days=95), tick=False):
        make_token(user=reader, name="Older", scopes={Scope.POSTS_READ}, days=1)

    forget_old_tokens()

    assert [row["name"] for row in api(reader).get(TOKENS).json()["results"]] == ["Old"]


def test_all_tokens_of_an_account_can_be_revoked(reader: User, author: User) -> None:
    for user in (reader, reader, author):
        make_token(user=user, name="One", scopes={Scope.POSTS_READ}, days=1)

    assert revoke_all_tokens(reader) == 2
    assert [token.user for token in ApiToken.objects.live()] == [author]
