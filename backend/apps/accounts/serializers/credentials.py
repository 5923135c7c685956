"""Shapes of changing the password and the e-mail address."""

from rest_framework import serializers

from apps.common.serializers import InputSerializer


class PasswordChangeSerializer(InputSerializer):
    """The password as it is and as it shall be."""

    current_password = serializers.CharField(
        max_length=128,
        required=False,
        trim_whitespace=False,
        write_only=True,
        help_text="Left out only where the account has none yet.",
    )
    password = serializers.CharField(min_length=8, max_length=128, trim_whitespace=False, write_only=True)
    cookie = serializers.BooleanField(
        default=True, help_text="Whether the refresh token goes into an HttpOnly cookie. If not, it is in the body."
    )


class EmailChangeSerializer(InputSerializer):
    """The address to change to."""

    email = serializers.EmailField(max_length=254)


class EmailChangeConfirmSerializer(InputSerializer):
    """The step, and the codes of both mails."""

    challenge = serializers.CharField(max_length=100)
    code = serializers.CharField(max_length=20, help_text="From the mail to the address so far.")
    new_code = serializers.CharField(max_length=20, help_text="From the mail to the new address.")
