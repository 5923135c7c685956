"""What allauth's second factors ask of the project: names, encryption, and who the relying party is."""

import base64
from typing import Any

import structlog
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

from apps.accounts.factors.relying_party import rp_id
from apps.accounts.models import User
from apps.site.services import get_site

logger = structlog.get_logger(__name__)


class UnreadableSecret(Exception):
    """The key that the secret of a second factor was encrypted with is not known any more."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth carries no types
    """Knows the publication from the settings, not from the request's Host header."""

    def _get_site_name(self) -> str:
        return str(get_site().name)

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": rp_id(), "name": self._get_site_name()}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        return {"id": user_handle(user), "display_name": user.name, "name": user.username}

    def encrypt(self, text: str) -> str:
        """With a key from SECRET_KEY: a copy of the database alone opens no account."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises UnreadableSecret for what was encrypted with a key that is gone."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            logger.exception("second_factor.unreadable", hint="Was SECRET_KEY changed without SECRET_KEY_FALLBACKS?")
            raise UnreadableSecret from error


def user_handle(user: User) -> bytes:
    """What a passkey stores to find the account again: an opaque digest would need a table, the id says little."""
    return str(user.pk).encode()


def user_of_handle(handle: bytes | None) -> User | None:
    """The account that a passkey names, active or not."""
    digits = (handle or b"").decode("ascii", "replace")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
        return None
    user: User | None = User.objects.filter(pk=int(digits)).first()
    return user


def _cipher() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str | bytes) -> bytes:
    digest = salted_hmac("apps.accounts.mfa_adapter", "key", secret=secret, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest)
