"""How an author appears beside what they wrote."""

from typing import Any

from rest_framework import serializers

from apps.accounts.models import User


class BylineSerializer(serializers.Serializer[Any]):
    """The person who wrote something."""

    username = serializers.CharField(max_length=30)
    display_name = serializers.CharField(max_length=80)
    avatar_url = serializers.CharField(max_length=500, allow_blank=True)


def byline(user: User) -> dict[str, Any]:
    """The members of `BylineSerializer`."""
    return {"username": user.username, "display_name": user.name, "avatar_url": user.avatar_url}
