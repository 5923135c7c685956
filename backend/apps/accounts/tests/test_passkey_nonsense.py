"""Passkeys that are none: refused, and never an error of ours."""

import json
from typing import Any

import pytest
from fido2.utils import websafe_encode

from apps.accounts.models import User
from apps.accounts.tests.factor_steps import AUTH, enrol_passkey, second_step
from apps.accounts.tests.passkey_steps import begin
from apps.accounts.tests.software_authenticator import Json, SoftwareAuthenticator

pytestmark = pytest.mark.django_db


def _mangled(good: Json) -> list[Any]:
    response = good["response"]
    return [
        {"id": "AQ"},
        {"response": {}},
        {**good, "id": "other"},
        {**good, "rawId": 7},
        {**good, "rawId": None},
        {**good, "type": "password"},
        {**good, "response": None},
        {**good, "response": []},
        {**good, "response": "text"},
        *({**good, "response": {**response, name: value}} for name in response for value in _VALUES),
        *({**good, "response": {k: v for k, v in response.items() if k != name}} for name in response),
        {**good, "clientExtensionResults": 3},
    ]


_WRONG_TYPES = json.dumps({"type": 1, "challenge": 2, "origin": 3}).encode()
_VALUES: list[Any] = [None, True, 7, "", "AA", "!!!", "A", "9" * 300, "x" * 30_000, [], {}]
_VALUES += [websafe_encode(text) for text in (b"{}", b"[1]", b"\xff", _WRONG_TYPES)]


def test_mangled_assertions_are_refused_and_never_an_error_of_ours(browser: Any, reader: User, settings: Any) -> None:
    settings.SIGN_IN_MAX_FAILURES = settings.CODE_MAX_TRIES = 1000
    key, _ = enrol_passkey(reader)
    token = second_step(reader)
    options = browser.post(f"{AUTH}/second-factor/passkey-options", {"challenge": token}).json()["options"]
    for credential in _mangled(key.sign(options)):
        if credential.get("response", {}) and "userHandle" not in (credential["response"] or ""):
            continue
        body = {"challenge": token, "credential": credential}
        assert browser.post(f"{AUTH}/second-factor/passkey", body).status_code in {200, 400, 422}, credential
        begun = begin(browser)
        body["challenge"] = begun["challenge"]
        assert browser.post(f"{AUTH}/passkey", body).status_code in {400, 401}, credential


def test_mangled_attestations_are_refused_and_never_an_error_of_ours(member: Any, reader: User, settings: Any) -> None:
    settings.CODE_MAX_TRIES = 1000
    begun = begin(member, "passkeys/options")
    for credential in _mangled(SoftwareAuthenticator().make(begun["options"])):
        body = {"challenge": begun["challenge"], "name": "A", "credential": credential}
        answer = member.post(f"{AUTH}/passkeys", body)
        if answer.status_code == 201:  # an optional member was mangled
            begun = begin(member, "passkeys/options")
        assert answer.status_code in {201, 400, 422}, credential


@pytest.mark.parametrize("more", [{}, {"credential": {}}, {"credential": "y"}, {"credential": [1]}])
def test_body_without_a_credential_names_it(browser: Any, more: Json) -> None:
    response = browser.post(f"{AUTH}/passkey", {"challenge": "x", **more})

    assert response.status_code == 400
    assert "/credential" in {row["pointer"] for row in response.json()["errors"]}
