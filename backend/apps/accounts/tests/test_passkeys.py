"""Adding and removing passkeys, and where they work. What the authenticator in software signs is really verified."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from apps.accounts.models import Challenge, SecurityEvent, User
from apps.accounts.second_factor import factors_of
from apps.accounts.tests.factor_steps import AUTH, enrol_passkey, enrol_totp, prove_in_all_sessions
from apps.accounts.tests.passkey_steps import LOCAL, add, begin, lies
from apps.accounts.tests.software_authenticator import Page, SoftwareAuthenticator

pytestmark = pytest.mark.django_db


def test_reader_adds_a_passkey_and_gets_recovery_codes_once(member: Any, reader: User) -> None:
    options = begin(member, "passkeys/options")["options"]
    assert options["rp"] == {"id": "localhost", "name": options["rp"]["name"]}
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    first = add(member, SoftwareAuthenticator())
    second = add(member, SoftwareAuthenticator(), name=" Key\r\nin  the drawer ")

    assert (first.status_code, second.status_code) == (201, 201)
    assert (len(first.json()["recovery_codes"]), second.json()["recovery_codes"]) == (10, [])
    assert first.headers["Location"].endswith(f"/auth/passkeys/{first.json()['id']}")
    assert first.headers["Cache-Control"] == "no-store"
    factors = member.get(f"{AUTH}/factors").json()
    assert [passkey["name"] for passkey in factors["passkeys"]] == ["My phone", "Key in the drawer"]
    assert factors["passkeys_available"] is True
    excluded = begin(member, "passkeys/options")["options"]["excludeCredentials"]
    assert len(excluded) == 2
    assert list(SecurityEvent.objects.filter(user=reader, kind="passkey_added").values_list("detail", flat=True)) == [
        "Key in the drawer",
        "My phone",
    ]


@lies
def test_passkey_made_elsewhere_is_refused(member: Any, reader: User, page: Page) -> None:
    response = add(member, SoftwareAuthenticator(), page)

    assert (response.status_code, response.json()["code"]) == (400, "wrong_passkey")
    assert response.json()["errors"][0]["pointer"] == "/credential"
    assert not factors_of(reader).exists()


def test_passkey_that_does_not_verify_its_user_is_refused(member: Any) -> None:
    assert add(member, SoftwareAuthenticator(verifies=False)).json()["code"] == "wrong_passkey"


def test_passkey_is_added_once(member: Any) -> None:
    begun = begin(member, "passkeys/options")
    key = SoftwareAuthenticator()
    body = {"challenge": begun["challenge"], "name": "A", "credential": key.make(begun["options"])}

    assert member.post(f"{AUTH}/passkeys", body).status_code == 201
    assert member.post(f"{AUTH}/passkeys", body).json()["code"] == "challenge_over"
    assert add(member, key).json()["code"] == "invalid_state"


def test_passkey_begun_by_another_account_is_not_added(api: Any, member: Any, author: User, reader: User) -> None:
    begun = begin(api(author, headers=LOCAL), "passkeys/options")
    body = {"challenge": begun["challenge"], "name": "A", "credential": SoftwareAuthenticator().make(begun["options"])}

    assert member.post(f"{AUTH}/passkeys", body).json()["code"] == "challenge_over"
    assert not factors_of(reader).exists()


def test_what_is_kept_of_a_passkey_is_what_is_needed(member: Any, reader: User) -> None:
    begun = begin(member, "passkeys/options")
    credential = SoftwareAuthenticator().make(begun["options"])
    credential["response"] |= {"publicKey": "AA", "authenticatorData": "AA"}
    body = {"challenge": begun["challenge"], "name": "A", "credential": {**credential, "more": ["x"]}}
    assert member.post(f"{AUTH}/passkeys", body).status_code == 201

    kept = factors_of(reader).get(type=Authenticator.Type.WEBAUTHN).data["credential"]
    assert "more" not in kept
    assert set(kept["response"]) == {"clientDataJSON", "attestationObject", "transports"}


def test_owner_removes_a_passkey_and_others_cannot(api: Any, member: Any, author: User, reader: User) -> None:
    _, pk = enrol_passkey(reader)
    prove_in_all_sessions(reader)

    assert api(author).delete(f"{AUTH}/passkeys/{pk}").status_code == 404
    assert member.delete(f"{AUTH}/passkeys/{pk}").status_code == 204
    assert member.delete(f"{AUTH}/passkeys/{pk}").status_code == 404
    assert not factors_of(reader).exists()


def test_app_is_not_removed_as_a_passkey(member: Any, reader: User) -> None:
    enrol_totp(reader)
    pk = factors_of(reader).get(type=Authenticator.Type.TOTP).pk
    prove_in_all_sessions(reader)

    assert member.delete(f"{AUTH}/passkeys/{pk}").status_code == 404


def test_twenty_passkeys_are_enough(member: Any, reader: User) -> None:
    _, pk = enrol_passkey(reader)
    row = Authenticator.objects.get(pk=pk)
    Authenticator.objects.bulk_create(Authenticator(user=reader, type=row.type, data=row.data) for _ in range(19))
    prove_in_all_sessions(reader)

    assert member.post(f"{AUTH}/passkeys/options").json()["code"] == "invalid_state"


@pytest.mark.parametrize(
    ("public_url", "host", "works"),
    [
        ("http://127.0.0.1:8000", "localhost:8000", True),
        ("http://127.0.0.1:8000", "127.0.0.1:8000", False),
        ("http://127.0.0.1:8000", "[::1]:8000", False),
        ("http://localhost:8000", "localhost:8000", True),
        ("https://news.example.org", "news.example.org", True),
        ("http://news.example.org", "news.example.org", False),
        ("https://192.0.2.7", "192.0.2.7", False),
        ("http://192.168.1.7:8000", "192.168.1.7:8000", False),
    ],
)
def test_whether_passkeys_work_follows_the_address(
    api: Any, reader: User, settings: Any, public_url: str, host: str, works: bool
) -> None:
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = public_url, ["*"]
    client = api(reader, headers={"Host": host})
    offered = client.post(f"{AUTH}/passkeys/options")
    alone = client.post(f"{AUTH}/passkey/options")

    assert client.get(f"{AUTH}/factors").json()["passkeys_available"] is works
    assert {offered.status_code, alone.status_code} == ({200} if works else {422})
    if not works:
        assert offered.json()["code"] == "passkeys_unavailable"
        local = "localhost" in offered.json()["detail"]
        assert local == public_url.startswith("http://127")
        assert not Challenge.objects.exists(), "nothing is left behind"


def test_address_of_numbers_is_told_where_to_go(api: Any) -> None:
    response = api(headers={"Host": "127.0.0.1:8000"}).post(f"{AUTH}/passkey/options")

    detail = "Passkeys need a name, not an address of numbers. Open http://localhost:8000 instead."
    assert response.json()["detail"] == detail


def test_only_the_public_address_counts_in_public(api: Any, reader: User, settings: Any) -> None:
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "https://news.example.org", ["*"]
    client = api(reader, headers={"Host": "news.example.org"})
    origins = {
        "https://news.example.org": 201,
        "https://NEWS.example.org": 201,
        "http://news.example.org": 400,
        "https://news.example.org:8443": 400,
        "https://sub.news.example.org": 400,
        "https://example.org": 400,
        "https://news.example.org.evil.example": 400,
    }
    answers = {origin: add(client, SoftwareAuthenticator(), Page(origin=origin)).status_code for origin in origins}

    assert answers == origins
