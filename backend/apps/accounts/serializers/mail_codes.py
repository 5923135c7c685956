"""Shapes of what is proved by a code from a mail."""

from rest_framework import serializers

from apps.common.serializers import InputSerializer, OutputSerializer


class ChallengeSerializer(OutputSerializer):
    """A step that waits for a proof."""

    challenge = serializers.CharField(max_length=100, help_text="Send it along with the proof. Keep it to yourself.")
    expires_in = serializers.IntegerField(min_value=1, help_text="Seconds until the step is over.")


class AskForCodeSerializer(InputSerializer):
    """Whose mailbox the code goes to."""

    username = serializers.CharField(max_length=254, help_text="The username, or the e-mail address.")


class OpenStepSerializer(InputSerializer):
    """The step that was begun."""

    challenge = serializers.CharField(max_length=100)


class CodeSerializer(OpenStepSerializer):
    """The step and the code from the mail."""

    code = serializers.CharField(max_length=20, help_text="Eight digits; spaces and hyphens do not count.")
    cookie = serializers.BooleanField(
        default=True, help_text="Whether the refresh token goes into an HttpOnly cookie. If not, it is in the body."
    )


class ResetPasswordSerializer(CodeSerializer):
    """The same, and the new password."""

    password = serializers.CharField(min_length=8, max_length=128, trim_whitespace=False, write_only=True)
