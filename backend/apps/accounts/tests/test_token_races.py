"""Many programs and many wishes for tokens at once."""

from typing import Any

import pytest
from django.db import connection

from apps.accounts.api_tokens import make_token
from apps.accounts.errors import TooManyTokens
from apps.accounts.models import ApiToken
from apps.accounts.scopes import Scope
from apps.accounts.tests.factories import UserFactory
from apps.common.tests.at_once import run_at_once
from conftest import ApiClient

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs concurrent connections"),
]


def test_account_gets_no_more_tokens_than_it_may_have_however_many_ask(settings: Any) -> None:
    settings.API_TOKENS_PER_ACCOUNT = 3
    user = UserFactory.create()

    def make(number: int) -> str:
        try:
            make_token(user=user, name=str(number), scopes={Scope.POSTS_READ}, days=1)
        except TooManyTokens:
            return "refused"
        return "made"

    assert sorted(run_at_once(make, 8)) == ["made"] * 3 + ["refused"] * 5
    assert ApiToken.objects.count() == 3


def test_of_many_uses_at_once_one_is_noted() -> None:
    client = ApiClient()
    token, text = client.use_token(UserFactory.create(), "posts:read")
    written: list[int] = []

    def use(number: int) -> int:
        with connection.execute_wrapper(lambda run, sql, *rest: _noting(written, run, sql, *rest)):
            return ApiClient().get("/api/v1/posts", headers={"Authorization": f"Bearer {text}"}).status_code

    assert run_at_once(use, 10) == [200] * 10
    assert sum(written) == 1
    assert ApiToken.objects.get(pk=token.pk).last_used_at is not None


def _noting(written: list[int], run: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    result = run(sql, params, many, context)
    if sql.startswith('UPDATE "accounts_apitoken"'):
        written.append(context["cursor"].rowcount)
    return result
