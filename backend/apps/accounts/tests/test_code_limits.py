"""Limits on codes from mails: they stop guessers and floods, hold with the cache away, and let owners in."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from apps.accounts.clients import Client
from apps.accounts.models import Challenge, SignInFailure, User
from apps.accounts.sessions import start_session
from apps.accounts.tests.factories import PASSWORD, UserFactory
from apps.accounts.tests.limits import ASK, CACHE_AWAY, CONFIRM, HOME, TOKEN, ask, confirm, flood, is_refused
from apps.accounts.tests.mailbox import last_code, mails_to

pytestmark = pytest.mark.django_db

RESET = "/api/v1/auth/password/reset"
RESEND = "/api/v1/auth/code/resend"
RESET_CONFIRM = "/api/v1/auth/password/reset/confirm"
VERIFY = "/api/v1/auth/email/verify"
REGISTER = "/api/v1/auth/register"
PROOF = {
    CONFIRM: {"code": "00000000"},
    VERIFY: {"code": "00000000"},
    RESET_CONFIRM: {"code": "00000000", "password": "another long secret"},
}


@pytest.fixture(params=["cache at hand", "cache away"], autouse=True)
def _cache(request: pytest.FixtureRequest, settings: Any) -> None:
    """Every limit here holds with Redis stopped as well."""
    if request.param == "cache away":
        settings.CACHES = CACHE_AWAY


@pytest.mark.parametrize("path", [ASK, RESET])
@pytest.mark.parametrize("name", ["reader", "nobody", "reader@example.org", "nobody@example.org"])
def test_tenth_code_for_one_name_is_refused_from_wherever_it_is_asked(
    api: Any, reader: User, path: str, name: str
) -> None:
    answers = [ask(api, name, f"203.0.113.{number}", path) for number in range(1, 11)]

    assert [is_refused(answer) for answer in answers] == [False] * 9 + [True]


def test_no_name_that_is_typed_uses_up_the_codes_of_an_unverified_account(
    api: Any, reader: User, settings: Any
) -> None:
    settings.EMAIL_VERIFICATION = True
    for number in range(1, 11):
        ask(api, f"verify:{reader.pk}", f"203.0.113.{number}")
    answer = api().post(TOKEN, {"username": "reader", "password": PASSWORD}, REMOTE_ADDR=HOME)

    assert answer.status_code == 202, answer.content


def test_tenth_code_from_one_address_is_refused_whoever_it_is_for(api: Any) -> None:
    paths = [ASK, RESET] * 5
    answers = [ask(api, f"person{number}", path=path) for number, path in enumerate(paths)]

    assert [is_refused(answer) for answer in answers] == [False] * 9 + [True]


def test_codes_that_are_sent_again_count(api: Any, reader: User) -> None:
    tokens = [ask(api, "reader", f"203.0.113.{number}").json()["challenge"] for number in range(1, 6)]
    answers = [api().post(RESEND, {"challenge": token}, REMOTE_ADDR=HOME) for token in tokens]

    assert [is_refused(answer) for answer in answers] == [False] * 4 + [True]
    assert len(mails_to(reader.email)) <= 9


def test_sign_ups_count_by_the_address_that_gets_the_mail(api: Any, settings: Any) -> None:
    settings.EMAIL_VERIFICATION = True
    body = {"email": "victim@example.org", "password": "a long enough secret"}
    answers = [
        api().post(REGISTER, {**body, "username": f"name{number}"}, REMOTE_ADDR=f"203.0.113.{number}")
        for number in range(1, 11)
    ]

    assert [is_refused(answer) for answer in answers] == [False] * 9 + [True]
    assert len(mails_to("victim@example.org")) == 9


@pytest.mark.parametrize("path", PROOF)
def test_tenth_wrong_code_from_one_address_is_refused_whatever_step_it_is_for(api: Any, path: str) -> None:
    answers = [api().post(path, {"challenge": f"nonsense-{number}", **PROOF[path]}) for number in range(10)]

    assert [is_refused(answer) for answer in answers] == [False] * 9 + [True]


def test_right_code_takes_the_counted_tries_back(api: Any, reader: User) -> None:
    for _ in range(12):
        challenge = ask(api, "reader").json()["challenge"]
        assert confirm(api, challenge, last_code(reader.email)).status_code == 200


def test_guesser_burns_only_steps_of_their_own(api: Any, reader: User) -> None:
    mine = ask(api, "reader", HOME).json()["challenge"]
    code = last_code(reader.email)
    theirs = [ask(api, "reader", f"203.0.113.{number}").json()["challenge"] for number in range(1, 5)]
    for number, token in enumerate(theirs * 6):
        confirm(api, token, f"{number:08}", address=f"203.0.113.{number + 1}")

    assert [row.tries for row in Challenge.objects.filter(email="")] == [5, 5, 5, 5]
    assert confirm(api, mine, code, HOME).status_code == 200


def test_owner_whose_password_is_guessed_at_gets_in_by_code(api: Any, reader: User) -> None:
    for number in range(1, 13):
        body = {"username": "reader", "password": "wrong"}
        last = api().post(TOKEN, body, REMOTE_ADDR=f"203.0.113.{number}")
    assert is_refused(last)
    assert is_refused(api().post(TOKEN, {"username": "reader", "password": PASSWORD}, REMOTE_ADDR=HOME))

    challenge = ask(api, "reader", HOME).json()["challenge"]

    assert confirm(api, challenge, last_code(reader.email), HOME).status_code == 200


@pytest.mark.parametrize("name", ["reader", "Reader@example.org"])
def test_owner_is_sent_a_code_where_they_have_been_before_whatever_strangers_do(
    api: Any, reader: User, name: str
) -> None:
    start_session(user=reader, client=Client(address=HOME))
    flood(api, name)

    assert is_refused(ask(api, name, "198.51.100.8"))
    answer = ask(api, name, HOME)
    assert answer.status_code == 202
    assert confirm(api, answer.json()["challenge"], last_code(reader.email), HOME).status_code == 200


def test_place_counts_by_network_and_for_a_month(api: Any, reader: User) -> None:
    start_session(user=reader, client=Client(address="2001:db8:1:2::7"))
    flood(api, "reader")
    assert ask(api, "reader", "2001:db8:1:2:ffff::1").status_code == 202
    assert is_refused(ask(api, "reader", "2001:db8:1:3::7"))

    with time_machine.travel(timezone.now() + timedelta(days=31)):
        flood(api, "reader")
        assert is_refused(ask(api, "reader", "2001:db8:1:2::7"))


def test_known_place_has_a_limit_of_its_own(api: Any, reader: User) -> None:
    start_session(user=reader, client=Client(address=HOME))
    flood(api, "reader")
    answers = [ask(api, "reader", HOME) for _ in range(10)]

    assert [is_refused(answer) for answer in answers] == [False] * 9 + [True]


def test_place_of_one_account_opens_no_other(api: Any, reader: User) -> None:
    UserFactory.create(username="other")
    start_session(user=reader, client=Client(address=HOME))
    flood(api, "other")

    assert is_refused(ask(api, "other", HOME))


def test_limits_end_with_their_window(api: Any, reader: User) -> None:
    flood(api, "reader")
    assert is_refused(ask(api, "reader", HOME))

    with time_machine.travel(timezone.now() + timedelta(minutes=15, seconds=1)):
        assert ask(api, "reader", HOME).status_code == 202


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (TOKEN, {"username": "person{}", "password": "wrong"}),
        (ASK, {"username": "person{}"}),
        (RESET, {"username": "person{}"}),
        *((path, {"challenge": "nonsense-{}", **body}) for path, body in PROOF.items()),
    ],
)
@pytest.mark.parametrize(
    ("proxies", "remote", "chain"),
    [
        ([], "203.0.113.1", "10.0.0.{0}, 8.8.8.{0}"),
        (["127.0.0.1/32"], "127.0.0.1", "8.8.8.{0}, 203.0.113.1"),
        (["127.0.0.1/32", "10.0.0.0/8"], "127.0.0.1", "127.0.0.1, 8.8.8.{0}, 203.0.113.1, 10.0.0.{0}"),
    ],
)
def test_forged_forwarding_dodges_nothing(
    api: Any, settings: Any, path: str, body: dict[str, str], proxies: list[str], remote: str, chain: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    answers = [
        api().post(
            path,
            {name: text.format(number) for name, text in body.items()},
            REMOTE_ADDR=remote,
            HTTP_X_FORWARDED_FOR=chain.format(number),
            HTTP_X_REAL_IP=f"8.8.4.{number}",
            HTTP_FORWARDED=f"for=8.8.4.{number}",
        )
        for number in range(1, 11)
    ]

    assert [is_refused(answer) for answer in answers] == [False] * 9 + [True]


def test_table_names_nobody(api: Any, reader: User) -> None:
    confirm(api, ask(api, "reader").json()["challenge"], "00000000")

    subjects = set(SignInFailure.objects.values_list("subject", flat=True))
    assert len(subjects) == 3
    assert all(len(subject) == 64 and "reader" not in subject for subject in subjects)
