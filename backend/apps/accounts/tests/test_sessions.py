"""Where people are signed in: the list, ending one, ending all others."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.utils import timezone

from apps.accounts.api_tokens import make_token
from apps.accounts.clients import Client
from apps.accounts.errors import SessionOver
from apps.accounts.models import SecurityEvent, Session, User
from apps.accounts.scopes import Scope
from apps.accounts.sessions import end_session, rotate_session, sign_out_elsewhere, start_session
from apps.accounts.tests.factories import PASSWORD, UserFactory
from apps.common.tests.admin_forms import count_queries

pytestmark = pytest.mark.django_db

LIST = "/api/v1/me/sessions"
ME = "/api/v1/me"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"


def is_let_in(client: Any) -> bool:
    return bool(client.get(ME).status_code == 200)


def test_sessions_are_listed_the_one_used_last_first(api: Any, reader: User) -> None:
    start_session(user=reader, client=Client(address="198.51.100.7", user_agent=FIREFOX), methods=["password", "totp"])
    start_session(user=UserFactory.create())
    client = api(reader)

    answer = client.get(LIST)

    here, there = answer.json()["results"]
    assert (here["current"], there["current"]) == (True, False)
    assert there["device"] == "Firefox on Windows"
    assert (there["address"], there["address_class"]) == ("198.51.100.7", "internet")
    assert there["methods"] == ["password", "totp"]
    assert (here["device"], here["address"], here["address_class"]) == ("Unknown program", None, "unknown")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    session = Session.objects.filter(user=reader).first()
    assert session is not None
    assert session.refresh_id not in answer.content.decode()


def test_sessions_that_are_over_are_not_listed(api: Any, reader: User) -> None:
    for number in range(3):
        session, _ = start_session(user=reader)
        if number == 0:
            end_session(session)
        elif number == 1:
            Session.objects.filter(pk=session.pk).update(expires_at=timezone.now())
        else:
            Session.objects.filter(pk=session.pk).update(password_version=0)

    (only,) = api(reader).get(LIST).json()["results"]
    assert only["current"]


def test_long_lists_come_in_pages(api: Any, reader: User) -> None:
    now = timezone.now()
    for number in range(7):
        session, _ = start_session(user=reader)
        # Some at the very same moment: the id decides between them.
        Session.objects.filter(pk=session.pk).update(used_at=now - timedelta(minutes=number // 3))
    client = api(reader)
    seen: list[str] = []
    address: str | None = f"{LIST}?limit=3"
    while address:
        page = client.get(address).json()
        seen += [row["id"] for row in page["results"]]
        address = page["next"]

    assert len(seen) == len(set(seen)) == 8
    assert client.get(f"{LIST}?cursor=nonsense").status_code == 400


def test_list_takes_as_many_queries_for_many_rows(api: Any, reader: User, django_assert_num_queries: Any) -> None:
    client = api(reader)
    for number in range(30):
        start_session(user=reader, client=Client(user_agent=f"{FIREFOX} {number}"))

    with django_assert_num_queries(2):  # who calls, and the page
        assert len(client.get(f"{LIST}?limit=100").json()["results"]) == 31


def test_ended_session_is_refused_with_its_next_request(api: Any, reader: User) -> None:
    here, there = api(reader), api(reader)
    (other,) = [row for row in here.get(LIST).json()["results"] if not row["current"]]
    assert is_let_in(there)

    answer = here.delete(f"{LIST}/{other['id']}")

    assert answer.status_code == 204
    assert not is_let_in(there)
    assert is_let_in(here)
    assert SecurityEvent.objects.get(kind="session_ended").user == reader
    assert here.delete(f"{LIST}/{other['id']}").status_code == 404


def test_current_session_may_be_ended_too(api: Any, reader: User) -> None:
    client = api(reader)
    (only,) = client.get(LIST).json()["results"]

    assert client.delete(f"{LIST}/{only['id']}").status_code == 204
    assert not is_let_in(client)
    assert SecurityEvent.objects.filter(kind="signed_out").count() == 1


def test_sessions_of_others_are_not_there(api: Any, reader: User, admin: User) -> None:
    session, _ = start_session(user=reader)
    client = api(admin)

    for pk in (session.pk, uuid4()):
        assert client.delete(f"{LIST}/{pk}").status_code == 404
    assert client.delete(f"{LIST}/nonsense").status_code == 404
    assert Session.objects.live().filter(pk=session.pk).exists()


def test_signing_out_everywhere_else_leaves_only_this_one(api: Any, reader: User) -> None:
    bystander = api(UserFactory.create())
    here, others = api(reader), [api(reader) for _ in range(3)]

    assert here.delete(LIST).status_code == 204

    assert is_let_in(here)
    assert not any(is_let_in(other) for other in others)
    assert is_let_in(bystander)
    (only,) = here.get(LIST).json()["results"]
    assert only["current"]
    assert SecurityEvent.objects.filter(kind="sessions_ended", user=reader).count() == 1
    assert here.delete(LIST).status_code == 204


def test_this_session_goes_on_refreshing_after_signing_out_elsewhere(api: Any, reader: User) -> None:
    client = api()
    tokens = client.post("/api/v1/auth/token", {"username": "reader", "password": PASSWORD, "cookie": False}).json()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens['access']}")
    _, elsewhere = start_session(user=reader)

    client.delete(LIST)

    refreshed = client.post("/api/v1/auth/token/refresh", {"refresh": tokens["refresh"]})
    assert refreshed.status_code == 200
    assert client.post("/api/v1/auth/token/refresh", {"refresh": elsewhere.refresh}).status_code == 401


def test_signing_out_everywhere_else_ends_the_admins_sessions(api: Any, editor: User) -> None:
    browser = Browser()
    browser.force_login(editor)
    assert browser.get("/admin/").status_code == 200

    api(editor).delete(LIST)

    assert browser.get("/admin/").status_code == 302


def test_sign_in_that_was_under_way_comes_too_late(api: Any, reader: User) -> None:
    looked_at = User.objects.get(pk=reader.pk)  # the password was right, the session has not begun
    api(reader).delete(LIST)

    session, tokens = start_session(user=looked_at)

    assert not Session.objects.live().filter(pk=session.pk).exists()
    with pytest.raises(SessionOver):
        rotate_session(tokens.refresh)


def test_of_two_that_sign_out_everywhere_else_the_first_one_stays(reader: User) -> None:
    one, _ = start_session(user=User.objects.get(pk=reader.pk))
    other, _ = start_session(user=User.objects.get(pk=reader.pk))
    sign_out_elsewhere(one)

    with pytest.raises(SessionOver):
        sign_out_elsewhere(other)
    assert list(Session.objects.live()) == [one]


def test_api_tokens_see_no_sessions(api: Any, reader: User) -> None:
    _, text = make_token(user=reader, name="Backup", scopes=list(Scope), days=1)
    client = api()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {text}")

    for send, path in ((client.get, LIST), (client.delete, LIST), (client.get, "/api/v1/me/security-events")):
        assert send(path).status_code == 403
    assert client.post("/api/v1/auth/password", {"password": "another long secret"}).status_code == 403
    assert client.post("/api/v1/auth/email", {"email": "mine@elsewhere.example"}).status_code == 403


def test_admins_look_at_sessions_without_more_queries_for_more_rows(admin: User) -> None:
    browser = Browser()
    browser.force_login(admin)
    few = count_queries(browser, "/admin/accounts/session/")
    for _ in range(10):
        start_session(user=UserFactory.create())
    assert count_queries(browser, "/admin/accounts/session/") == few
