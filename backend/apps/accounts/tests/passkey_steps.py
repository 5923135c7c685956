"""Steps that tests of passkeys share, and the lies that a page can tell."""

from typing import Any

import pytest
from fido2.utils import websafe_encode

from apps.accounts.tests.factor_steps import AUTH
from apps.accounts.tests.software_authenticator import Json, Page, SoftwareAuthenticator

LOCAL = {"Host": "localhost:8000"}
LIES = {
    "another site": Page(origin="https://evil.example"),
    "a site below ours": Page(origin="http://evil.localhost:8000"),
    "another port": Page(origin="http://localhost:9000"),
    "another scheme": Page(origin="https://localhost:8000"),
    "in a foreign frame": Page(cross_origin=True),
    "another challenge": Page(challenge=websafe_encode(b"x" * 32)),
    "no origin": Page(origin=""),
}
lies = pytest.mark.parametrize("page", LIES.values(), ids=list(LIES))


def begin(client: Any, path: str = "passkey/options") -> Json:
    response = client.post(f"{AUTH}/{path}")
    assert response.status_code == 200, response.content
    body: Json = response.json()
    return body


def add(client: Any, key: SoftwareAuthenticator, page: Page | None = None, **change: Any) -> Any:
    begun = begin(client, "passkeys/options")
    body = {"challenge": begun["challenge"], "name": "My phone", "credential": key.make(begun["options"], page)}
    return client.post(f"{AUTH}/passkeys", {**body, **change})


def sign_in(client: Any, key: SoftwareAuthenticator, page: Page | None = None) -> Any:
    begun = begin(client)
    body = {"challenge": begun["challenge"], "credential": key.sign(begun["options"], page)}
    return client.post(f"{AUTH}/passkey", body)
