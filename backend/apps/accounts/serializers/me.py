"""Shapes of the caller's own account."""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from apps.accounts.models import User
from apps.accounts.policies import ABILITIES, ACCESS_ADMIN, abilities_of, roles_of
from apps.accounts.roles import Role
from apps.accounts.second_factor import needs_second_factor
from apps.accounts.serializers.links import MAX_LINKS, LinkSerializer, LinkWriteSerializer
from apps.common.fields import OptionalUrlField
from apps.common.serializers import InputSerializer, OutputSerializer


class MeSerializer(OutputSerializer):
    """The caller's own account. Expects `groups` to be loaded."""

    id = serializers.IntegerField(min_value=1)
    username = serializers.CharField(max_length=30)
    email = serializers.EmailField(max_length=254)
    email_verified = serializers.BooleanField(help_text="Whether mail to this address was proved to reach the owner.")
    display_name = serializers.CharField(max_length=80, allow_blank=True)
    bio = serializers.CharField(max_length=1000, allow_blank=True)
    avatar_url = serializers.CharField(max_length=500, allow_blank=True)
    website = serializers.CharField(max_length=300, allow_blank=True)
    language = serializers.CharField(
        max_length=12, allow_blank=True, help_text="Of mails to the account. Empty: the publication's."
    )
    links = LinkSerializer(many=True, max_length=MAX_LINKS)  # type: ignore[call-arg]
    roles = serializers.ListField(
        child=serializers.ChoiceField(choices=[(role.value, role.value) for role in Role]), max_length=len(Role)
    )
    permissions = serializers.ListField(
        child=serializers.ChoiceField(choices=[(name, name) for name in (*ABILITIES, ACCESS_ADMIN)]),
        max_length=len(ABILITIES) + 1,
    )
    has_password = serializers.BooleanField(help_text="False where the account is opened by other proofs alone.")
    has_second_factor = serializers.BooleanField()
    second_factor_required = serializers.BooleanField(help_text="Whether a role of the account asks for one.")
    deletion_due_at = serializers.DateTimeField(
        allow_null=True, help_text="When the account will be deleted, as its owner asked. It can be undone until then."
    )
    silenced_until = serializers.DateTimeField(
        allow_null=True, help_text="Until then the account may read, but not write comments."
    )
    post_count = serializers.IntegerField(min_value=0)
    comment_count = serializers.IntegerField(min_value=0)
    follower_count = serializers.IntegerField(min_value=0)
    created_at = serializers.DateTimeField()
    version = serializers.IntegerField(min_value=1)

    def to_representation(self, instance: User) -> dict[str, Any]:
        return {
            "id": instance.pk,
            "username": instance.username,
            "email": instance.email,
            "email_verified": instance.email_verified_at is not None,
            "display_name": instance.display_name,
            "bio": instance.bio,
            "avatar_url": instance.avatar_url,
            "website": instance.website,
            "language": instance.language,
            "links": instance.links,
            "roles": roles_of(instance),
            "permissions": abilities_of(instance),
            "has_password": instance.has_usable_password(),
            "has_second_factor": instance.has_second_factor,
            "second_factor_required": needs_second_factor(instance),
            "deletion_due_at": instance.deletion_due_at,
            "silenced_until": instance.silenced_until if instance.is_silenced else None,
            "post_count": instance.post_count,
            "comment_count": instance.comment_count,
            "follower_count": instance.follower_count,
            "created_at": instance.date_joined,
            "version": instance.version,
        }


class ProfileChangeSerializer(InputSerializer):
    """What one may change of one's own account. What is left out stays."""

    display_name = serializers.CharField(max_length=80, allow_blank=True, required=False)
    bio = serializers.CharField(max_length=1000, allow_blank=True, required=False)
    avatar_url = OptionalUrlField(max_length=500, required=False)
    website = OptionalUrlField(max_length=300, required=False)
    language = serializers.ChoiceField(choices=settings.LANGUAGES, allow_blank=True, required=False)
    links = LinkWriteSerializer(many=True, max_length=MAX_LINKS, required=False)  # type: ignore[call-arg]
