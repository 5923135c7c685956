"""Shapes of accounts and tokens."""

from typing import Any

from rest_framework import serializers

from apps.accounts.models import User
from apps.accounts.policies import ABILITIES, ACCESS_ADMIN, abilities_of, roles_of
from apps.accounts.roles import Role
from apps.accounts.validators import validate_username
from apps.common.fields import OptionalUrlField
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


class MeSerializer(OutputSerializer):
    """The caller's own account. Expects `groups` to be loaded."""

    id = serializers.IntegerField(min_value=1)
    username = serializers.CharField(max_length=30)
    email = serializers.EmailField(max_length=254)
    display_name = serializers.CharField(max_length=80, allow_blank=True)
    bio = serializers.CharField(max_length=1000, allow_blank=True)
    avatar_url = serializers.CharField(max_length=500, allow_blank=True)
    website = serializers.CharField(max_length=300, allow_blank=True)
    roles = serializers.ListField(
        child=serializers.ChoiceField(choices=[(role.value, role.value) for role in Role]), max_length=len(Role)
    )
    permissions = serializers.ListField(
        child=serializers.ChoiceField(choices=[(name, name) for name in (*ABILITIES, ACCESS_ADMIN)]),
        max_length=len(ABILITIES) + 1,
    )
    post_count = serializers.IntegerField(min_value=0)
    comment_count = serializers.IntegerField(min_value=0)
    created_at = serializers.DateTimeField()
    version = serializers.IntegerField(min_value=1)

    def to_representation(self, instance: User) -> dict[str, Any]:
        return {
            "id": instance.pk,
            "username": instance.username,
            "email": instance.email,
            "display_name": instance.display_name,
            "bio": instance.bio,
            "avatar_url": instance.avatar_url,
            "website": instance.website,
            "roles": roles_of(instance),
            "permissions": abilities_of(instance),
            "post_count": instance.post_count,
            "comment_count": instance.comment_count,
            "created_at": instance.date_joined,
            "version": instance.version,
        }


class ProfileChangeSerializer(InputSerializer):
    """What one may change of one's own account. What is left out stays."""

    display_name = serializers.CharField(max_length=80, allow_blank=True, required=False)
    bio = serializers.CharField(max_length=1000, allow_blank=True, required=False)
    avatar_url = OptionalUrlField(max_length=500, required=False)
    website = OptionalUrlField(max_length=300, required=False)
