"""Shapes of the caller's own account."""

from typing import Any

from rest_framework import serializers

from apps.accounts.models import User
from apps.accounts.policies import ABILITIES, ACCESS_ADMIN, abilities_of, roles_of
from apps.accounts.roles import Role
from apps.common.fields import OptionalUrlField
from apps.common.serializers import InputSerializer, OutputSerializer


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
