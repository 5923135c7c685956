"""However a suspended person proves who they are, they stay out."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.models import Session, User
from apps.accounts.sanctions import impose
from apps.accounts.tests import test_password_reset, test_sign_in_by_code
from apps.accounts.tests.factor_steps import enrol_passkey
from apps.accounts.tests.factories import PASSWORD
from apps.accounts.tests.mailbox import last_code
from apps.accounts.tests.passkey_steps import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def suspended(reader: User) -> User:
    return impose(user=reader, suspended_until=timezone.now() + timedelta(days=7))


def assert_kept_out(response: Any) -> None:
    assert (response.status_code, response.json()["code"]) == (401, "account_suspended")
    assert "byline_refresh" not in response.cookies
    assert not Session.objects.exists()


def test_by_a_code_from_the_mail(api: Any, suspended: User) -> None:
    challenge = test_sign_in_by_code.ask(api)
    assert_kept_out(test_sign_in_by_code.confirm(api, challenge, last_code(suspended.email)))


def test_by_another_password(api: Any, suspended: User) -> None:
    challenge = test_password_reset.ask(api)
    assert_kept_out(test_password_reset.confirm(api, challenge, last_code(suspended.email)))
    suspended.refresh_from_db()
    assert suspended.check_password(PASSWORD)


def test_by_a_passkey(browser: Any, suspended: User) -> None:
    key, _ = enrol_passkey(suspended)
    assert_kept_out(sign_in(browser, key))
