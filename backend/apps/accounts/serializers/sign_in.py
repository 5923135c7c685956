"""Shapes of signing up, in and out."""

from rest_framework import serializers

from apps.accounts.validators import validate_username
from apps.common.serializers import InputSerializer, OutputSerializer


class RegistrationSerializer(InputSerializer):
    """What a new account needs."""

    username = serializers.CharField(
        min_length=2,
        max_length=30,
        validators=[validate_username],
        help_text="Unique whatever its case; part of the address of the profile.",
    )
    email = serializers.EmailField(max_length=254, help_text="Never shown to others.")
    password = serializers.CharField(min_length=8, max_length=128, trim_whitespace=False, write_only=True)
    display_name = serializers.CharField(max_length=80, allow_blank=True, default="")


class SignInSerializer(InputSerializer):
    """Name and password."""

    username = serializers.CharField(max_length=254, help_text="The username, or the e-mail address.")
    password = serializers.CharField(max_length=128, trim_whitespace=False, write_only=True)
    cookie = serializers.BooleanField(
        default=True, help_text="Whether the refresh token goes into an HttpOnly cookie. If not, it is in the body."
    )


class RefreshSerializer(InputSerializer):
    """The refresh token, for clients that do not keep it in the cookie."""

    refresh = serializers.CharField(max_length=4096, required=False, help_text="Without it, the cookie is read.")


class TokenSerializer(OutputSerializer):
    """What signs later requests."""

    access = serializers.CharField(max_length=4096, help_text="Send as `Authorization: Bearer …`.")
    expires_in = serializers.IntegerField(min_value=1, help_text="Seconds until the access token expires.")
    refresh = serializers.CharField(
        max_length=4096, required=False, help_text="Good for one use. Absent when it is in the cookie."
    )


METHODS = ("email_code", "passkey", "totp", "recovery_code")


class NextStepSerializer(OutputSerializer):
    """Signing in is not finished: one more proof is needed."""

    step = serializers.ChoiceField(choices=[("verify_email", "verify_email"), ("second_factor", "second_factor")])
    challenge = serializers.CharField(max_length=100, help_text="Send it along with the proof. Keep it to yourself.")
    methods = serializers.ListField(
        child=serializers.ChoiceField(choices=[(name, name) for name in METHODS]),
        max_length=4,
        help_text="How the proof can be given, best first.",
    )
