"""An authenticator in software: it makes passkeys and signs with them as a browser would, so that what the server
verifies is real. ES256, attestation `none`."""

import hashlib
import json
import struct
from dataclasses import dataclass, field
from secrets import token_bytes
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40
ORIGIN = "http://localhost:8000"

Json = dict[str, Any]


@dataclass
class Page:
    """What the browser says of the page that asks. A test changes it to lie."""

    origin: str = ORIGIN
    cross_origin: bool = False
    challenge: str | None = None
    """Another than the one of the options."""


@dataclass
class SoftwareAuthenticator:
    """One key. `counter` of 0 means that it does not count."""

    counter: int = 0
    verifies: bool = True
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential_id: bytes = field(default_factory=lambda: token_bytes(16))
    user_handle: str = ""
    rp: str = ""

    def make(self, options: Json, page: Page | None = None) -> Json:
        """`navigator.credentials.create(...)`, as `toJSON()` writes it."""
        self.user_handle = options["user"]["id"]
        self.rp = options["rp"]["id"]
        public = ES256.from_cryptography_key(self.key.public_key())
        attested = (
            bytes(16) + struct.pack(">H", len(self.credential_id)) + self.credential_id + cbor.encode(dict(public))
        )
        attestation = {"fmt": "none", "attStmt": {}, "authData": self._data(ATTESTED) + attested}
        response = {
            "clientDataJSON": websafe_encode(self._client_data("webauthn.create", options, page)),
            "attestationObject": websafe_encode(cbor.encode(attestation)),
            "transports": ["internal"],
        }
        return self._credential(response, {"credProps": {"rk": True}})

    def sign(self, options: Json, page: Page | None = None) -> Json:
        """`navigator.credentials.get(...)`, as `toJSON()` writes it."""
        if self.counter:
            self.counter += 1
        self.rp = options["rpId"]
        client_data = self._client_data("webauthn.get", options, page)
        data = self._data(0)
        signature = self.key.sign(data + hashlib.sha256(client_data).digest(), ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": websafe_encode(client_data),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
            "userHandle": self.user_handle,
        }
        return self._credential(response, {})

    def _data(self, flags: int) -> bytes:
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        return hashlib.sha256(self.rp.encode()).digest() + bytes([flags]) + struct.pack(">I", self.counter)

    def _client_data(self, kind: str, options: Json, page: Page | None) -> bytes:
        page = page or Page()
        said = {
            "type": kind,
            "challenge": page.challenge or options["challenge"],
            "origin": page.origin,
            "crossOrigin": page.cross_origin,
        }
        return json.dumps(said).encode()

    def _credential(self, response: Json, extensions: Json) -> Json:
        name = websafe_encode(self.credential_id)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "response": response,
            "clientExtensionResults": extensions,
        }


def tampered(credential: Json, member: str, position: int = -1) -> Json:
    """The same with one bit of a member of its response turned."""
    value = bytearray(websafe_decode(credential["response"][member]))
    value[position] ^= 1
    return {**credential, "response": {**credential["response"], member: websafe_encode(bytes(value))}}
