"""Personal API tokens in the Django admin."""

import pytest

from apps.accounts.api_tokens import make_token
from apps.accounts.models import ApiToken, SecurityEvent, User
from apps.accounts.scopes import Scope
from apps.common.tests.admin_forms import count_queries, messages_of, run_action, signed_in

pytestmark = pytest.mark.django_db

LIST = "/admin/accounts/apitoken/"


def token_of(user: User, name: str = "Backup") -> tuple[ApiToken, str]:
    return make_token(user=user, name=name, scopes={Scope.POSTS_READ}, days=30)


def test_admin_sees_tokens_but_not_what_would_open_something(admin: User, reader: User) -> None:
    token, text = token_of(reader)
    client = signed_in(admin)

    pages = [client.get(path).content.decode() for path in (LIST, f"{LIST}{token.pk}/change/")]

    for page in pages:
        assert "Backup" in page
        assert "posts:read" in page
        assert text not in page
        assert token.digest not in page
    assert client.post(f"{LIST}{token.pk}/change/", {"name": "Mine"}).status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403


def test_admin_revokes_a_token_and_its_owner_can_see_who_did(admin: User, reader: User) -> None:
    token, _ = token_of(reader)
    client = signed_in(admin)

    response = run_action(client, LIST, "revoke", [token])
    again = run_action(client, LIST, "revoke", [token])

    assert "1 api token revoked" in messages_of(response)
    assert "It was revoked before." in messages_of(again)
    assert not ApiToken.objects.live().exists()
    event = SecurityEvent.objects.get(kind="token_revoked")
    assert (event.user, event.by, event.detail) == (reader, admin, "Backup")


@pytest.mark.parametrize(("state", "names"), [("good", {"Good"}), ("expired", {"Expired"}), ("revoked", {"Revoked"})])
def test_tokens_are_found_by_their_state(admin: User, reader: User, state: str, names: set[str]) -> None:
    rows = {name: token_of(reader, name)[0] for name in ("Good", "Expired", "Revoked")}
    ApiToken.objects.filter(pk=rows["Expired"].pk).update(expires_at=reader.date_joined)
    ApiToken.objects.filter(pk=rows["Revoked"].pk).update(revoked_at=reader.date_joined)

    response = signed_in(admin).get(LIST, {"state": state})

    assert {token.name for token in response.context["cl"].result_list} == names


def test_list_costs_the_same_however_many_tokens(admin: User, reader: User) -> None:
    client = signed_in(admin)
    token_of(reader)
    one = count_queries(client, LIST)
    for _ in range(4):
        token_of(reader)

    assert count_queries(client, LIST) == one


@pytest.mark.parametrize("role", ["editor", "moderator"])
def test_tokens_are_for_admins_alone(request: pytest.FixtureRequest, role: str) -> None:
    assert signed_in(request.getfixturevalue(role)).get(LIST).status_code == 403
