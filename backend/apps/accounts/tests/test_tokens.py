"""Signing in, refreshing and signing out."""

import base64
import json
from datetime import timedelta
from typing import Any

import jwt
import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from apps.accounts.models import Session, User
from apps.accounts.services import change_password, set_active
from apps.accounts.sessions import end_all_sessions, start_session
from apps.accounts.tasks import clean_up_sign_ins
from apps.accounts.tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

TOKEN = "/api/v1/auth/token"
REFRESH = "/api/v1/auth/token/refresh"
SIGN_OUT = "/api/v1/auth/sign-out"
ME = "/api/v1/me"


def sign_in(client: Any, **change: Any) -> Any:
    return client.post(TOKEN, {"username": "reader", "password": PASSWORD, **change})


@pytest.mark.parametrize("name", ["reader", "READER", " reader@Example.org "])
def test_reader_signs_in_by_username_or_email(api: Any, reader: User, name: str) -> None:
    response = sign_in(api(), username=name)

    assert response.status_code == 200
    assert set(response.json()) == {"access", "expires_in"}
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
    cookie = response.cookies["byline_refresh"]
    assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == ("/api/v1/auth", "Strict", True)
    session = Session.objects.get()
    assert session.user == reader
    assert session.address == "127.0.0.1"


def test_access_token_opens_ones_own_account(api: Any, reader: User) -> None:
    client = api()
    access = sign_in(client).json()["access"]

    response = client.get(ME, HTTP_AUTHORIZATION=f"Bearer {access}")

    assert response.json()["username"] == "reader"


def test_other_clients_take_the_refresh_token_in_the_body(api: Any, reader: User) -> None:
    client = api()
    response = sign_in(client, cookie=False)

    assert "byline_refresh" not in response.cookies
    renewed = client.post(REFRESH, {"refresh": response.json()["refresh"]})
    assert set(renewed.json()) == {"access", "expires_in", "refresh"}
    assert "byline_refresh" not in renewed.cookies


@pytest.mark.parametrize("change", [{"password": "wrong"}, {"username": "nobody"}, {"username": "deactivated"}])
def test_refusals_do_not_tell_why(api: Any, reader: User, deactivated: User, change: dict[str, str]) -> None:
    response = sign_in(api(), **change)

    assert response.status_code == 401
    assert response.json()["detail"] == "No account matches this name and password."
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert not Session.objects.exists()


def test_expired_access_token_does_not_hinder_signing_in(api: Any, reader: User) -> None:
    client = api()
    client.credentials(HTTP_AUTHORIZATION="Bearer expired")

    assert sign_in(client).status_code == 200


def test_cookie_is_exchanged_for_a_new_one(api: Any, reader: User) -> None:
    client = api()
    first = sign_in(client).cookies["byline_refresh"].value

    response = client.post(REFRESH, {})

    assert response.status_code == 200
    assert set(response.json()) == {"access", "expires_in"}
    assert response.cookies["byline_refresh"].value != first


def test_replayed_refresh_token_ends_the_session(api: Any, reader: User) -> None:
    client = api()
    old = sign_in(client, cookie=False).json()["refresh"]
    renewed = client.post(REFRESH, {"refresh": old}).json()
    with time_machine.travel(timezone.now() + settings.REFRESH_GRACE + timedelta(seconds=2)):
        assert client.post(REFRESH, {"refresh": old}).status_code == 401
    assert client.post(REFRESH, {"refresh": renewed["refresh"]}).status_code == 401
    assert client.get(ME, HTTP_AUTHORIZATION=f"Bearer {renewed['access']}").status_code == 401


@pytest.mark.parametrize("end", ["password", "deactivated", "reactivated", "deleted", "ended", "expired"])
def test_session_is_over_after(api: Any, reader: User, end: str) -> None:
    client = api()
    tokens = sign_in(client, cookie=False).json()
    if end == "password":
        change_password(user=reader, password="another long secret")
    elif end in {"deactivated", "reactivated"}:
        set_active(user=reader, active=False)
        if end == "reactivated":
            set_active(user=reader, active=True)
    elif end == "deleted":
        reader.delete()
    elif end == "ended":
        end_all_sessions(reader)
    else:
        Session.objects.update(expires_at=timezone.now())

    refreshed = client.post(REFRESH, {"refresh": tokens["refresh"]})

    assert (refreshed.status_code, refreshed.json()["code"]) == (401, "session_over")
    assert client.get(ME, HTTP_AUTHORIZATION=f"Bearer {tokens['access']}").status_code == 401


def test_tokens_expire(api: Any, reader: User) -> None:
    client = api()
    tokens = sign_in(client, cookie=False).json()

    with time_machine.travel(timezone.now() + settings.ACCESS_TOKEN_LIFETIME + timedelta(seconds=1)):
        assert client.get(ME, HTTP_AUTHORIZATION=f"Bearer {tokens['access']}").json()["code"] == "invalid_token"
    with time_machine.travel(timezone.now() + settings.REFRESH_TOKEN_LIFETIME + timedelta(seconds=1)):
        assert client.post(REFRESH, {"refresh": tokens["refresh"]}).status_code == 401


def segment(data: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(data).encode()).decode().rstrip("=")


def forgeries(user: User) -> list[str]:
    """Tokens that look like ours: other keys, algorithms, kinds, owners, shapes."""
    _, pair = start_session(user=user)
    claims = jwt.decode(pair.access, options={"verify_signature": False})
    key = settings.SECRET_KEY
    foreign = {**claims, "iss": "https://elsewhere.example"}
    return [
        "",
        "nonsense",
        "a.b.c",
        "é.è.ê",
        pair.refresh,
        pair.access[:-2],
        f"{segment({'alg': 'none'})}.{segment(claims)}.",
        f"{segment([1])}.{segment(claims)}.x",
        jwt.encode(claims, "another key" * 5, algorithm="HS256"),
        jwt.encode(claims, key, algorithm="HS512"),
        jwt.encode(foreign, key, algorithm="HS256"),
        *(jwt.encode({**claims, **change}, key, algorithm="HS256") for change in CHANGES),
        *(
            jwt.encode({name: claims[name] for name in claims if name != missing}, key, algorithm="HS256")
            for missing in ("sub", "sid", "jti", "exp", "token_type", "iss")
        ),
    ]


CHANGES: list[dict[str, Any]] = [
    {"sub": "999999"},
    {"sub": "x"},
    {"sid": "x"},
    {"sid": None},
    {"sid": "00000000-0000-0000-0000-000000000000"},
    {"token_type": "sliding"},
    {"exp": 1},
]


def test_forged_and_confused_tokens_are_401(api: Any, reader: User) -> None:
    for token in forgeries(reader):
        response = api().get(ME, HTTP_AUTHORIZATION=f"Bearer {token}".encode())
        assert response.status_code == 401, token
        assert response.headers["Content-Type"] == "application/problem+json"


def test_what_is_no_refresh_token_renews_nothing(api: Any, reader: User) -> None:
    others = [token for token in forgeries(reader) if token and _kind(token) != "refresh"]
    for token in others:
        assert api().post(REFRESH, {"refresh": token}).status_code == 401, token
    client = api()
    client.cookies["byline_refresh"] = "nonsense"
    assert client.post(REFRESH, {}).status_code == 401


def _kind(token: str) -> str:
    try:
        return str(jwt.decode(token, options={"verify_signature": False}).get("token_type"))
    except jwt.InvalidTokenError:
        return ""


def test_access_token_is_no_refresh_token(api: Any, reader: User) -> None:
    _, pair = start_session(user=reader)

    assert api().post(REFRESH, {"refresh": pair.access}).status_code == 401


def test_refreshing_without_a_token_is_401(api: Any) -> None:
    response = api().post(REFRESH, {})

    assert (response.status_code, response.json()["code"]) == (401, "session_over")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver.evil.example"])
def test_cookie_is_refused_to_foreign_origins(api: Any, reader: User, origin: str) -> None:
    client = api()
    assert sign_in(client).status_code == 200

    for path, body in ((TOKEN, {"username": "reader", "password": PASSWORD}), (REFRESH, {}), (SIGN_OUT, {})):
        response = client.post(path, body, HTTP_ORIGIN=origin)
        assert (response.status_code, response.json()["code"]) == (403, "foreign_origin"), path
    assert client.post(REFRESH, {}).status_code == 200


@pytest.mark.parametrize("origin", [settings.PUBLIC_URL, "http://testserver"])
def test_cookie_is_for_our_own_origins(api: Any, reader: User, origin: str) -> None:
    client = api()
    sign_in(client)

    assert client.post(REFRESH, {}, HTTP_ORIGIN=origin).status_code == 200


def test_foreign_origin_may_use_tokens_in_the_body(api: Any, reader: User) -> None:
    client = api()
    tokens = client.post(
        TOKEN, {"username": "reader", "password": PASSWORD, "cookie": False}, HTTP_ORIGIN="https://app.example"
    ).json()

    assert client.post(REFRESH, {"refresh": tokens["refresh"]}, HTTP_ORIGIN="https://app.example").status_code == 200


@pytest.mark.parametrize("how", ["cookie", "body", "bearer"])
def test_signing_out_ends_the_session(api: Any, reader: User, how: str) -> None:
    client = api()
    tokens = sign_in(client, cookie=how == "cookie").json()
    if how == "bearer":
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens['access']}")

    response = client.post(SIGN_OUT, {"refresh": tokens["refresh"]} if how == "body" else {})

    assert response.status_code == 204
    assert response.cookies["byline_refresh"]["max-age"] == 0
    assert not Session.objects.live().exists()
    assert client.get(ME, HTTP_AUTHORIZATION=f"Bearer {tokens['access']}").status_code == 401


def test_signing_out_twice_or_never_signed_in_is_no_error(api: Any) -> None:
    client = api()
    client.credentials(HTTP_AUTHORIZATION="Bearer nonsense")

    assert client.post(SIGN_OUT, {"refresh": "nonsense"}).status_code == 204


def test_old_sessions_are_cleaned_up_and_live_ones_stay(reader: User) -> None:
    live, _ = start_session(user=reader)
    ended, _ = start_session(user=reader)
    expired, _ = start_session(user=reader)
    long_ago = timezone.now() - timedelta(days=31)
    Session.objects.filter(pk=ended.pk).update(ended_at=long_ago)
    Session.objects.filter(pk=expired.pk).update(expires_at=long_ago)

    clean_up_sign_ins()

    assert list(Session.objects.all()) == [live]
