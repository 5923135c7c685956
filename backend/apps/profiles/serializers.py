"""Shapes of public profiles."""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from apps.accounts.models import User
from apps.common.serializers import OutputSerializer


class UserSerializer(OutputSerializer):
    """What everybody may know of a person."""

    username = serializers.CharField(max_length=30)
    display_name = serializers.CharField(max_length=80, help_text="The username where none was chosen.")
    bio = serializers.CharField(max_length=1000, allow_blank=True)
    avatar_url = serializers.CharField(max_length=500, allow_blank=True)
    website = serializers.CharField(max_length=300, allow_blank=True)
    post_count = serializers.IntegerField(min_value=0, help_text="Published posts.")
    comment_count = serializers.IntegerField(min_value=0, help_text="Visible comments.")
    created_at = serializers.DateTimeField()
    url = serializers.CharField(max_length=1000, help_text="The person's page.")

    def to_representation(self, instance: User) -> dict[str, Any]:
        return {
            "username": instance.username,
            "display_name": instance.name,
            "bio": instance.bio,
            "avatar_url": instance.avatar_url,
            "website": instance.website,
            "post_count": instance.post_count,
            "comment_count": instance.comment_count,
            "created_at": instance.date_joined,
            "url": f"{settings.PUBLIC_URL}/authors/{instance.username}",
        }
