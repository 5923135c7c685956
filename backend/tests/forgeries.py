"""Credentials that are none: forged, confused, of another kind, over, or no text that one would expect at all."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

import jwt
import time_machine
from django.conf import settings
from django.utils import timezone

from apps.accounts.api_tokens import make_token, revoke_token
from apps.accounts.models import User
from apps.accounts.scopes import Scope
from apps.accounts.sessions import end_session, start_session

_VALUES: dict[str, list[Any]] = {
    "sub": ["999999", "x", "", None, [1], {"a": 1}, "1" * 400, "-1"],
    "sid": ["x", None, 5, "00000000-0000-0000-0000-000000000000"],
    "exp": [1, -1, 0, "x", None, []],
    "iss": ["https://elsewhere.example", None, []],
    "token_type": ["sliding", None, "", 5],
}
CHANGES = [(name, value) for name, values in _VALUES.items() for value in values]
HEADER = {"alg": "HS256", "typ": "JWT"}


def segment(data: Any) -> str:
    """A part of a JWT."""
    text = data if isinstance(data, str) else json.dumps(data)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def signed(header: dict[str, Any], claims: Any, key: str) -> str:
    """A JWT with this very header, signed with HMAC whatever algorithm it names."""
    text = f"{segment(header)}.{segment(claims)}"
    digest = hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()
    return f"{text}.{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


def jwt_forgeries(user: User, kind: str) -> dict[str, str]:
    """By name: JWTs that are not good as `access` (or `refresh`) tokens."""
    _, pair = start_session(user=user)
    own, other = (pair.access, pair.refresh) if kind == "access" else (pair.refresh, pair.access)
    claims = jwt.decode(own, options={"verify_signature": False})
    key = settings.SECRET_KEY
    found = {f"the other kind than {kind}": other, "cut short": own[:-2], "prolonged": own + "A"}
    found["of a session that is over"] = _of_ended_session(user, kind)
    for algorithm in ("none", "None", "NONE", "nOnE", ""):
        found[f"algorithm {algorithm!r}, unsigned"] = f"{segment({'alg': algorithm, 'typ': 'JWT'})}.{segment(claims)}."
        found[f"algorithm {algorithm!r}, signed"] = signed({"alg": algorithm, "typ": "JWT"}, claims, key)
    for algorithm in ("RS256", "ES256", "PS256", "EdDSA", "HS384", "HS512", "A128KW"):
        found[f"algorithm {algorithm}"] = signed({"alg": algorithm, "typ": "JWT"}, claims, key)
    for name, extra in (
        ("a key of its own", {"jwk": {"kty": "oct", "k": segment("another key")}}),
        ("a key elsewhere", {"jku": "https://evil.example/keys", "kid": "../../dev/null"}),
        ("a demand that nobody knows", {"crit": ["exp2"], "exp2": 1}),
    ):
        found[name] = signed({"alg": "HS256", "typ": "JWT", **extra}, claims, "another key" * 5)
    found["another key"] = signed(HEADER, claims, "another key" * 5)
    found["no key"] = signed(HEADER, claims, "")
    for name, value in CHANGES:
        found[f"{name} is {value!r}"[:40]] = signed(HEADER, {**claims, name: value}, key)
    for missing in ("sub", "sid", "jti", "exp", "token_type", "iss"):
        rest = {name: claims[name] for name in claims if name != missing}
        found[f"without {missing}"] = signed(HEADER, rest, key)
    found["claims that are a list"] = signed(HEADER, [1], key)
    found["a header that is a list"] = f"{segment([1])}.{segment(claims)}.x"
    found["a header without end"] = f"{segment('[' * 6000)}.{segment(claims)}.x"
    braces = '{"a":' * 1200
    found["a header of braces"] = f"{segment(braces)}.{segment(claims)}.x"
    return found


def _of_ended_session(user: User, kind: str) -> str:
    session, pair = start_session(user=user)
    end_session(session)
    return pair.access if kind == "access" else pair.refresh


def token_forgeries(user: User) -> dict[str, str]:
    """By name: API tokens that open nothing."""
    token, revoked = make_token(user=user, name="Revoked", scopes=set(Scope), days=1)
    revoke_token(token=token)
    with time_machine.travel(timezone.now() - timedelta(days=2), tick=False):
        _, expired = make_token(user=user, name="Expired", scopes=set(Scope), days=1)
    _, good = make_token(user=user, name="Good", scopes=set(Scope), days=1)
    off = User.objects.create(username="switched_off", email="off@example.org", is_active=False)
    _, of_nobody = make_token(user=off, name="Off", scopes=set(Scope), days=1)
    return {
        "revoked": revoked,
        "expired": expired,
        "of a deactivated account": of_nobody,
        "unknown": "byline_" + "a" * 43,
        "its digest": "byline_" + hashlib.sha256(good.encode()).hexdigest(),
        "only the prefix": "byline_",
        "cut short, token": good[:-1],
        "prolonged, token": good + "A",
        "in capitals": good.upper(),
        "prefix in capitals": good.replace("byline_", "BYLINE_"),
        "with a pattern": "byline_%",
    }


ODD_TEXTS = {
    "nothing to speak of": "x",
    "dots": "a.b.c",
    "many dots": "." * 500,
    "with NUL": "byline_\0abc",
    "NUL in a JWT": "eyJhbGciOiJIUzI1NiJ9.\0.x",
    "huge": "A" * 100_000,
    "huge token": "byline_" + "A" * 100_000,
    "letters of others": "é.è.ê",
    "a token in others": "byline_жетон",
    "wide": "ｂｙｌｉｎｅ_a",
    "right to left": "\u202ebyline_abc",
    "an emoji": "🔑.🔑.🔑",
    "a statement": "' OR 1=1 --",
    "a null": "null",
    "undefined": "undefined",
}
