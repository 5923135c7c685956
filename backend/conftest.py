"""Fixtures that all tests share: a small cast of people, and clients that call the API as one of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from apps.accounts.api_tokens import make_token
from apps.accounts.models import ApiToken, User
from apps.accounts.scopes import Scope
from apps.accounts.sessions import start_session
from apps.accounts.tests.factories import UserFactory
from apps.common.throttling import tally

ApiFor = Callable[..., "ApiClient"]


class ApiClient(APIClient):
    """Speaks JSON and signs in as the API's clients do: with an access token of a session."""

    def sign_in(self, user: User) -> "ApiClient":
        """Call as this user from now on, in a session that was begun with all that the account asks for."""
        _, tokens = start_session(user=user, methods=["password", "totp"] if user.has_second_factor else ["password"])
        self.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens.access}")
        return self

    def use_token(self, user: User, *scopes: str, days: int = 30) -> tuple[ApiToken, str]:
        """Call from now on as a program that holds a token of this user, with these scopes; its row and its text."""
        token, text = make_token(user=user, name="Program", scopes={Scope(name) for name in scopes}, days=days)
        self.credentials(HTTP_AUTHORIZATION=f"Bearer {text}")
        return token, text

    def etag(self, path: str, **query: Any) -> str:
        """The entity tag of what is at the path, for If-Match."""
        return str(self.get(path, query).headers["ETag"])


@dataclass(frozen=True)
class Cast:
    """Who appears in tests. `outsider` is an author too, but not of the thing in question."""

    anonymous: None
    reader: User
    outsider: User
    author: User
    editor: User
    moderator: User
    admin: User
    deactivated: User

    def items(self) -> list[tuple[str, User | None]]:
        """Names and people, for tests that try each of them."""
        return [(field.name, getattr(self, field.name)) for field in fields(self)]


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Nothing remembered from other tests: neither the site record nor counted requests."""
    cache.clear()
    tally.clear()
    yield
    cache.clear()
    tally.clear()


@pytest.fixture
def api() -> ApiFor:
    """`api()` calls as nobody, `api(author)` as that user."""

    def client(user: User | None = None, **options: Any) -> ApiClient:
        client = ApiClient(**options)
        return client if user is None else client.sign_in(user)

    return client


@pytest.fixture
def reader(db: None) -> User:
    return UserFactory.create(username="reader")


@pytest.fixture
def outsider(db: None) -> User:
    return UserFactory.create(username="outsider", roles=["author"])


@pytest.fixture
def author(db: None) -> User:
    return UserFactory.create(username="author", roles=["author"])


@pytest.fixture
def editor(db: None) -> User:
    return UserFactory.create(username="editor", roles=["editor"])


@pytest.fixture
def moderator(db: None) -> User:
    return UserFactory.create(username="moderator", roles=["moderator"])


@pytest.fixture
def admin(db: None) -> User:
    return UserFactory.create(username="admin", roles=["admin"])


@pytest.fixture
def deactivated(db: None) -> User:
    """An author whose account was switched off; `api(deactivated)` still holds a token from before."""
    return UserFactory.create(username="deactivated", roles=["author"], is_active=False)


@pytest.fixture
def cast(  # noqa: PLR0917
    reader: User,
    outsider: User,
    author: User,
    editor: User,
    moderator: User,
    admin: User,
    deactivated: User,
) -> Cast:
    return Cast(None, reader, outsider, author, editor, moderator, admin, deactivated)
