"""Fixtures of the tests of accounts."""

from typing import Any

import pytest

from apps.accounts.models import User
from apps.accounts.tests.passkey_steps import LOCAL


@pytest.fixture
def browser(api: Any) -> Any:
    """Signed out, at the address that passkeys work at."""
    return api(headers=LOCAL)


@pytest.fixture
def member(api: Any, reader: User) -> Any:
    """The same, signed in as the reader."""
    return api(reader, headers=LOCAL)
