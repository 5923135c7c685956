"""Shapes of second factors."""

from typing import Any

from rest_framework import serializers

from apps.common.serializers import InputSerializer, OutputSerializer

CHALLENGE_LENGTH = 100
CODE_LENGTH = 40


def _challenge() -> serializers.CharField:
    return serializers.CharField(max_length=CHALLENGE_LENGTH, help_text="From the answer that began this step.")


def _cookie() -> serializers.BooleanField:
    return serializers.BooleanField(
        default=True, help_text="Whether the refresh token goes into an HttpOnly cookie. If not, it is in the body."
    )


class CredentialField(serializers.DictField):
    """A `PublicKeyCredential` as `toJSON()` writes it. Its insides are the WebAuthn specification's business."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            help_text="What `navigator.credentials` answered, as `toJSON()` writes it.", allow_empty=False, **kwargs
        )


class ChallengeInputSerializer(InputSerializer):
    challenge = _challenge()


class FactorCodeSerializer(InputSerializer):
    """The second step of signing in, by a code."""

    challenge = _challenge()
    code = serializers.CharField(
        max_length=CODE_LENGTH, help_text="Of the authenticator app, or a recovery code; spaces and hyphens are fine."
    )
    cookie = _cookie()


class FactorPasskeySerializer(InputSerializer):
    """Signing in by a passkey, alone or as the second step."""

    challenge = _challenge()
    credential = CredentialField()
    cookie = _cookie()


class ConfirmationSerializer(InputSerializer):
    """One of the two: the password, or a code of the authenticator app (or a recovery code)."""

    password = serializers.CharField(max_length=128, trim_whitespace=False, write_only=True, required=False)
    code = serializers.CharField(max_length=CODE_LENGTH, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs) != 1:
            raise serializers.ValidationError("Send either a password or a code.", code="one_of")
        return attrs


class PasskeyConfirmationSerializer(InputSerializer):
    challenge = _challenge()
    credential = CredentialField()


class TotpCodeSerializer(InputSerializer):
    """The first code of an app that is being added."""

    challenge = _challenge()
    code = serializers.CharField(max_length=CODE_LENGTH, help_text="The code that the app shows now.")


class NewPasskeySerializer(InputSerializer):
    """A passkey that the browser has made."""

    challenge = _challenge()
    name = serializers.CharField(max_length=80, help_text="To tell passkeys apart, such as “My phone”.")
    credential = CredentialField()

    def validate_name(self, value: str) -> str:
        """In one line: it stands in the security log and in mails."""
        return " ".join(value.split())


class PasskeyOptionsSerializer(OutputSerializer):
    """What the browser needs, as `PublicKeyCredential.parse…OptionsFromJSON()` reads it."""

    options = serializers.DictField()


class PasskeyChallengeSerializer(PasskeyOptionsSerializer):
    challenge = serializers.CharField(max_length=CHALLENGE_LENGTH, help_text="Send it along with the credential.")


class TotpEnrolmentSerializer(OutputSerializer):
    """What an authenticator app has to be told."""

    challenge = serializers.CharField(max_length=CHALLENGE_LENGTH, help_text="Send it along with the first code.")
    secret = serializers.CharField(max_length=64, help_text="In base32, for typing.")
    url = serializers.CharField(max_length=500, help_text="The same as an `otpauth:` address.")
    qr = serializers.CharField(max_length=100_000, help_text="The same as a picture: a `data:` address of an SVG.")


class RecoveryCodesSerializer(OutputSerializer):
    """Shown once. Each opens the account once in the place of a second factor."""

    recovery_codes = serializers.ListField(
        child=serializers.CharField(max_length=CODE_LENGTH),
        max_length=20,
        help_text="Empty when the account has codes from before.",
    )


class PasskeySerializer(OutputSerializer):
    id = serializers.IntegerField(min_value=1)
    name = serializers.CharField(max_length=80)
    created_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True)


class AddedPasskeySerializer(PasskeySerializer):
    recovery_codes = serializers.ListField(
        child=serializers.CharField(max_length=CODE_LENGTH),
        max_length=20,
        help_text="Shown once, with the first factor; empty when the account has codes from before.",
    )


class FactorsSerializer(OutputSerializer):
    """The account's second factors."""

    totp = serializers.BooleanField(help_text="Whether an authenticator app is enrolled.")
    totp_added_at = serializers.DateTimeField(allow_null=True)
    recovery_codes_left = serializers.IntegerField(min_value=0, max_value=20)
    passkeys = PasskeySerializer(many=True, max_length=20)  # type: ignore[call-arg]
    passkeys_available = serializers.BooleanField(
        help_text="Whether passkeys work at the address that this was asked from."
    )
    required = serializers.BooleanField(  # type: ignore[assignment]
        help_text="Whether the account's role needs a second factor."
    )
