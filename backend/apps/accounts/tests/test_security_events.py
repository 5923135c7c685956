"""The log of what concerns an account's security, for its owner and for admins."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.db.models import Q
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.clients import Client
from apps.accounts.failed_sign_ins import SIGN_IN_FAILED, log_failed_sign_in
from apps.accounts.models import SecurityEvent, User
from apps.accounts.security_log import KEEP_EVENTS, Kind, log_event
from apps.accounts.tasks import clean_up_sign_ins
from apps.accounts.tests.factories import PASSWORD, UserFactory
from apps.common import outbox
from apps.common.models import OutboxMessage
from apps.common.tests.admin_forms import count_queries, run_action, signed_in, submit

pytestmark = pytest.mark.django_db

PATH = "/api/v1/me/security-events"
TOKEN = "/api/v1/auth/token"
USERS = "/admin/accounts/user/"
EVENTS = "/admin/accounts/securityevent/"


def kinds_of(user: User) -> list[str]:
    return list(SecurityEvent.objects.filter(user=user).order_by("id").values_list("kind", flat=True))


def test_owner_reads_what_happened_the_newest_first(api: Any, reader: User, admin: User) -> None:
    log_event(user=UserFactory.create(), kind=Kind.SIGNED_IN)
    log_event(user=reader, kind=Kind.SIGNED_IN, client=Client(address="198.51.100.7", user_agent="curl/8.4.0"))
    log_event(user=reader, kind=Kind.ROLES_CHANGED, detail="author", by=admin)

    newest, oldest = api(reader).get(PATH).json()["results"]

    assert (newest["kind"], newest["detail"], newest["by_owner"]) == ("roles_changed", "author", False)
    assert (oldest["kind"], oldest["device"], oldest["address"]) == ("signed_in", "curl", "198.51.100.7")
    assert oldest["by_owner"]
    assert "admin" not in str(newest)


def test_long_log_comes_in_pages_with_as_many_queries(api: Any, reader: User, django_assert_num_queries: Any) -> None:
    for _ in range(30):
        log_event(user=reader, kind=Kind.SIGNED_OUT)
    client = api(reader)
    with django_assert_num_queries(2):  # who calls, and the page
        first = client.get(f"{PATH}?limit=20").json()
    with django_assert_num_queries(2):
        second = client.get(first["next"]).json()

    ids = [row["id"] for page in (first, second) for row in page["results"]]
    assert ids == sorted(ids, reverse=True)
    assert len(ids) == 30


def test_signing_in_and_out_is_logged(api: Any, reader: User) -> None:
    client = api()
    body = {"username": "reader", "password": PASSWORD, "cookie": False}
    tokens = client.post(TOKEN, body, HTTP_USER_AGENT="curl/8.4.0").json()
    client.post("/api/v1/auth/sign-out", {"refresh": tokens["refresh"]})
    client.post("/api/v1/auth/sign-out", {"refresh": tokens["refresh"]})

    assert kinds_of(reader) == ["signed_in", "signed_out"]
    assert SecurityEvent.objects.get(kind="signed_out").detail == "curl"


@pytest.mark.parametrize("name", ["reader", "READER@example.org"])
def test_failed_try_is_logged_for_the_account(api: Any, reader: User, name: str) -> None:
    before = timezone.now()
    with time_machine.travel(before, tick=False):
        api().post(TOKEN, {"username": name, "password": "wrong"}, REMOTE_ADDR="198.51.100.7")
    assert not SecurityEvent.objects.exists()  # not in the request: its time would tell
    outbox.drain()

    event = SecurityEvent.objects.get()
    assert (event.user, event.kind, event.address) == (reader, "sign_in_failed", "198.51.100.7")
    assert event.created_at == before


def test_failed_try_at_a_deactivated_account_and_at_the_admin_is_logged(
    api: Any, deactivated: User, editor: User
) -> None:
    SecurityEvent.objects.all().delete()
    api().post(TOKEN, {"username": "deactivated", "password": PASSWORD})
    Browser().post("/admin/login/", {"username": "editor", "password": "wrong"})
    outbox.drain()

    assert kinds_of(deactivated) == kinds_of(editor) == ["sign_in_failed"]


def test_failed_try_at_nobodys_account_writes_the_same_and_keeps_no_name(api: Any, reader: User) -> None:
    names, statements = ("reader", "nobody"), []
    for name in names:  # the first try of each name and address makes the rows that count them
        api().post(TOKEN, {"username": name, "password": "wrong"}, REMOTE_ADDR="198.51.100.7")
    OutboxMessage.objects.all().delete()
    for name in names:
        with CaptureQueriesContext(connection) as queries:
            api().post(TOKEN, {"username": name, "password": "wrong"}, REMOTE_ADDR="198.51.100.7")
        statements.append([query["sql"].split()[0] for query in queries])
    known, unknown = OutboxMessage.objects.filter(event=SIGN_IN_FAILED).order_by("id")

    assert statements[0] == statements[1]
    assert known.payload.keys() == unknown.payload.keys()
    assert "nobody" not in str(unknown.payload)
    outbox.drain()
    assert SecurityEvent.objects.count() == 1


def test_failed_try_that_is_delivered_twice_is_logged_once(reader: User) -> None:
    payload = {"user_id": reader.pk, "at": timezone.now().isoformat(), "from": {"address": "", "user_agent": ""}}
    log_failed_sign_in(payload)
    log_failed_sign_in(payload)

    assert kinds_of(reader) == ["sign_in_failed"]


def test_what_admins_do_to_an_account_is_logged_with_their_name(admin: User, reader: User) -> None:
    browser = signed_in(admin)
    run_action(browser, USERS, "deactivate", [reader])
    run_action(browser, USERS, "activate", [reader])
    run_action(browser, USERS, "give_role", [reader], role="editor")
    submit(browser, f"{USERS}{reader.pk}/change/", roles=["author", "editor"], email="rosa@elsewhere.example")
    passwords = {"password1": "another long phrase", "password2": "another long phrase"}
    browser.post(f"{USERS}{reader.pk}/password/", passwords)

    events = SecurityEvent.objects.filter(user=reader)
    assert sorted(kinds_of(reader)) == sorted(
        ["deactivated", "activated", "roles_changed", "email_changed", "roles_changed", "password_changed"]
    )
    assert {event.by for event in events} == {admin}
    assert {event.address for event in events} == {"127.0.0.1"}
    details = list(events.filter(kind="roles_changed").order_by("id").values_list("detail", flat=True))
    assert details == ["editor", "author, editor"]
    assert User.objects.get(pk=reader.pk).email_verified_at is None


def test_admin_who_changes_their_own_password_is_the_owner_and_stays_in(admin: User) -> None:
    browser = signed_in(admin)
    passwords = {"password1": "another long phrase", "password2": "another long phrase"}
    browser.post(f"{USERS}{admin.pk}/password/", passwords)

    assert SecurityEvent.objects.get(kind="password_changed").by is None
    assert browser.get("/admin/").status_code == 200


def test_events_are_forgotten_after_a_year(reader: User) -> None:
    log_event(user=reader, kind=Kind.SIGNED_IN, at=timezone.now() - KEEP_EVENTS - timedelta(minutes=1))
    log_event(user=reader, kind=Kind.SIGNED_OUT, at=timezone.now() - KEEP_EVENTS + timedelta(minutes=1))

    clean_up_sign_ins()

    assert kinds_of(reader) == ["signed_out"]


def test_admins_look_at_all_events_without_more_queries_for_more_rows(admin: User, reader: User) -> None:
    log_event(user=reader, kind=Kind.SIGNED_IN)
    browser = signed_in(admin)
    few = count_queries(browser, EVENTS)
    for _ in range(20):
        log_event(user=UserFactory.create(), kind=Kind.DEACTIVATED, by=admin)

    assert count_queries(browser, EVENTS) == few
    event = SecurityEvent.objects.filter(user=reader).get()
    assert browser.get(f"{EVENTS}{event.pk}/change/").status_code == 200
    assert browser.post(f"{EVENTS}{event.pk}/change/", {"detail": "nothing"}).status_code == 403
    assert browser.post(f"{EVENTS}{event.pk}/delete/", {"post": "yes"}).status_code == 403
    found = browser.get(EVENTS, {"q": "reader", "kind__exact": "signed_in"})
    assert "1 security event" in found.content.decode()


def test_admins_find_events_by_whom_they_concerned_who_did_it_and_where(admin: User, reader: User) -> None:
    log_event(user=reader, kind=Kind.SIGNED_IN, client=Client(address="198.51.100.7"))
    log_event(user=UserFactory.create(), kind=Kind.DEACTIVATED, by=admin, detail="by them")
    browser = signed_in(admin)

    def found(term: str) -> int:
        return int(browser.get(EVENTS, {"q": term}).context["cl"].result_count)

    assert [found(term) for term in ("READER", "198.51.100.7", "nobody", "a%b", "198.51.100.8")] == [1, 1, 0, 0, 0]
    assert found("admin") == SecurityEvent.objects.filter(Q(user=admin) | Q(by=admin)).count() >= 1


@pytest.mark.parametrize("who", ["editor", "moderator"])
def test_events_of_all_are_for_admins(who: str, request: pytest.FixtureRequest) -> None:
    assert signed_in(request.getfixturevalue(who)).get(EVENTS).status_code == 403
