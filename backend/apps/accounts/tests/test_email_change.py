"""Changing one's e-mail address, confirmed at both."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.challenges import Purpose, open_challenge
from apps.accounts.codes import code_for
from apps.accounts.models import Challenge, SecurityEvent, Session, User
from apps.accounts.tests.factories import UserFactory
from apps.accounts.tests.mailbox import last_code, mails_to
from apps.common import outbox

pytestmark = pytest.mark.django_db

BEGIN = "/api/v1/auth/email"
CONFIRM = "/api/v1/auth/email/confirm"
OLD = "reader@example.org"
NEW = "rosa@elsewhere.example"


def begin(client: Any, email: str = NEW) -> Any:
    return client.post(BEGIN, {"email": email})


def confirm(client: Any, begun: Any, *, code: str = "", new_code: str = "") -> Any:
    codes = {"code": code or last_code(OLD), "new_code": new_code or last_code(NEW)}
    return client.post(CONFIRM, {"challenge": begun.json()["challenge"], **codes})


def test_address_is_changed_once_both_are_proved(api: Any, reader: User) -> None:
    client = api(reader)
    version = client.get("/api/v1/me").json()["version"]
    begun = begin(client, "Rosa@Elsewhere.Example")
    assert begun.status_code == 202
    assert begun.headers["Cache-Control"] == "no-store"
    assert 0 < begun.json()["expires_in"] <= 900
    assert User.objects.get().email == OLD

    outbox.drain()
    old_mail, new_mail = mails_to(OLD)[0], mail.outbox[1]
    assert "Rosa@elsewhere.example" in old_mail.body
    answer = client.post(
        CONFIRM,
        {
            "challenge": begun.json()["challenge"],
            "code": last_code(OLD),
            "new_code": last_code("Rosa@elsewhere.example"),
        },
    )

    assert new_mail.to == ["Rosa@elsewhere.example"]
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert (body["email"], body["email_verified"], body["version"]) == ("Rosa@elsewhere.example", True, version + 1)
    assert User.objects.identified_by("rosa@elsewhere.example").exists()
    event = SecurityEvent.objects.get(kind="email_changed")
    assert event.detail == f"{OLD} → Rosa@elsewhere.example"
    assert client.get("/api/v1/me").status_code == 200


def test_both_addresses_are_told_of_the_change(api: Any, reader: User) -> None:
    client = api(reader)
    confirm(client, begin(client))
    mail.outbox.clear()

    assert [message.subject for message in mails_to(OLD)] == [message.subject for message in mails_to(NEW)]
    assert len(mail.outbox) == 2
    # Whoever reads the old one cannot have a code for a new password sent there any more.
    assert ["/forgot" in str(message.body) for message in (*mails_to(OLD), *mails_to(NEW))] == [False, True]
    assert "those who run" in str(mails_to(OLD)[0].body)


@pytest.mark.parametrize(
    ("codes", "pointer"),
    [
        ({"code": "00000000"}, "/code"),
        ({"new_code": "00000000"}, "/new_code"),
        ({"code": "", "new_code": ""}, "/code"),
    ],
)
def test_wrong_codes_are_named(api: Any, reader: User, codes: dict[str, str], pointer: str) -> None:
    client = api(reader)
    body = {"challenge": begin(client).json()["challenge"], "code": last_code(OLD), "new_code": last_code(NEW)}

    answer = client.post(CONFIRM, {**body, **codes})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert User.objects.get().email == OLD


def test_codes_of_the_two_addresses_are_not_each_others(api: Any, reader: User) -> None:
    client = api(reader)
    begun = begin(client)
    old, new = last_code(OLD), last_code(NEW)

    assert old != new
    assert confirm(client, begun, code=new, new_code=old).status_code == 400


def test_step_ends_after_five_tries(api: Any, reader: User) -> None:
    client = api(reader)
    begun = begin(client)
    answers = [confirm(client, begun, code="00000000").status_code for _ in range(6)]

    assert answers == [400] * 5 + [422]
    assert confirm(client, begun).json()["code"] == "challenge_over"


def test_step_is_over_after_a_quarter_of_an_hour_and_after_use(api: Any, reader: User) -> None:
    client = api(reader)
    first = begin(client)
    later = timezone.now() + settings.CODE_LIFETIME + timedelta(seconds=1)
    codes = {"code": last_code(OLD), "new_code": last_code(NEW)}
    with time_machine.travel(later):
        late = api(reader)
        assert late.post(CONFIRM, {"challenge": first.json()["challenge"], **codes}).status_code == 422
    assert confirm(client, first).status_code == 200
    assert confirm(client, first, **codes).status_code == 422


def test_step_of_somebody_else_is_none(api: Any, reader: User) -> None:
    begun = begin(api(reader))
    other = api(UserFactory.create())

    assert confirm(other, begun).status_code == 422
    assert User.objects.get(pk=reader.pk).email == OLD


def test_changing_the_address_needs_a_recent_proof(api: Any, reader: User) -> None:
    client = api(reader)
    Session.objects.update(confirmed_at=timezone.now() - settings.CONFIRMATION_LASTS - timedelta(seconds=1))

    answer = begin(client)

    assert (answer.status_code, answer.json()["code"]) == (403, "confirmation_required")
    assert not Challenge.objects.exists()


@pytest.mark.parametrize(
    ("email", "status", "code"),
    [
        ("nonsense", 400, "invalid"),
        ("", 400, "blank"),
        ("x" * 250 + "@example.org", 400, "max_length"),
        ("a\u0000b@example.org", 400, None),
        ("READER@EXAMPLE.ORG", 422, "unchanged"),
    ],
)
def test_addresses_that_cannot_be_had_are_named(
    api: Any, reader: User, email: str, status: int, code: str | None
) -> None:
    answer = begin(api(reader), email)

    assert answer.status_code == status
    rows = answer.json()["errors"]
    assert {row["pointer"] for row in rows} == {"/email"}
    assert code is None or code in {row["code"] for row in rows}


def test_taken_address_is_answered_alike_and_only_its_owner_is_told(
    api: Any, reader: User, django_assert_num_queries: Any
) -> None:
    UserFactory.create(username="owner", email=NEW.upper())
    client = api(reader)
    with django_assert_num_queries(_queries_of(client)):
        taken = begin(client)

    assert taken.status_code == 202
    assert set(taken.json()) == {"challenge", "expires_in"}
    (told,) = mails_to(NEW.upper())
    assert "owner" in told.body
    assert not any(character.isdigit() for character in told.body.split("Asked for")[0])
    assert "owner" not in "".join(str(message.body) for message in mails_to(OLD))


def _queries_of(client: Any) -> int:
    """What asking for a free address takes."""
    begin(client, "warm@elsewhere.example")
    with CaptureQueriesContext(connection) as queries:
        begin(client, "free@elsewhere.example")
    outbox.drain()
    mail.outbox.clear()
    return len(queries)


def test_address_that_was_taken_meanwhile_is_refused_by_the_constraint(api: Any, reader: User) -> None:
    client = api(reader)
    begun = begin(client)
    codes = {"code": last_code(OLD), "new_code": last_code(NEW)}
    UserFactory.create(email=NEW.upper())

    answer = confirm(client, begun, **codes)

    assert (answer.status_code, answer.json()["code"]) == (422, "email_taken")
    assert User.objects.get(pk=reader.pk).email == OLD
    assert not SecurityEvent.objects.filter(kind="email_changed").exists()


def test_another_code_makes_both_before_it_void(api: Any, reader: User) -> None:
    client = api(reader)
    begun = begin(client)
    first = {"code": last_code(OLD), "new_code": last_code(NEW)}

    assert api().post("/api/v1/auth/code/resend", {"challenge": begun.json()["challenge"]}).status_code == 204

    assert confirm(client, begun, **first).status_code == 400
    assert confirm(client, begun).status_code == 200


def test_codes_on_their_way_to_the_old_address_open_nothing_any_more(api: Any, reader: User) -> None:
    reset, _ = open_challenge(purpose=Purpose.RESET_PASSWORD, user=reader, email=OLD)
    client = api(reader)
    confirm(client, begin(client))

    assert Challenge.objects.get(pk=reset.pk).used_at is not None


def test_no_more_codes_are_sent_than_the_limit_allows(api: Any, reader: User) -> None:
    client = api(reader)
    answers = [begin(client).status_code for _ in range(settings.CODES_PER_WINDOW + 1)]

    assert answers == [202] * settings.CODES_PER_WINDOW + [429]


def test_codes_for_deactivated_accounts_are_not_sent(api: Any, reader: User) -> None:
    begin(api(reader))
    User.objects.update(is_active=False)

    assert mails_to(OLD) == mails_to(NEW) == []


def test_code_of_each_address_is_its_own(reader: User) -> None:
    challenge, _ = open_challenge(purpose=Purpose.CHANGE_EMAIL, user=reader, email=NEW, data={"old": OLD})

    assert code_for(challenge, to=OLD) != code_for(challenge, to=NEW) == code_for(challenge)
