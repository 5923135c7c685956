"""Shapes of public profiles."""

from typing import Any

from rest_framework import serializers

from apps.accounts.models import User
from apps.accounts.serializers.links import MAX_LINKS, LinkSerializer
from apps.common.addresses import address_of
from apps.common.serializers import OutputSerializer


class RelationSerializer(OutputSerializer):
    """How the caller stands to this person."""

    following = serializers.BooleanField()
    blocked = serializers.BooleanField(help_text="Whether the caller has blocked the person.")


class UserSerializer(OutputSerializer):
    """What everybody may know of a person."""

    username = serializers.CharField(max_length=30)
    display_name = serializers.CharField(max_length=80, help_text="The username where none was chosen.")
    bio = serializers.CharField(max_length=1000, allow_blank=True)
    avatar_url = serializers.CharField(max_length=500, allow_blank=True)
    website = serializers.CharField(max_length=300, allow_blank=True)
    links = LinkSerializer(many=True, max_length=MAX_LINKS)  # type: ignore[call-arg]
    post_count = serializers.IntegerField(min_value=0, help_text="Published posts.")
    comment_count = serializers.IntegerField(min_value=0, help_text="Visible comments.")
    follower_count = serializers.IntegerField(min_value=0, help_text="People who follow this one.")
    created_at = serializers.DateTimeField()
    url = serializers.CharField(max_length=1000, help_text="The person's page.")
    relation = RelationSerializer(
        required=False, help_text="Only with `include=relation`, for a caller who is signed in."
    )

    def to_representation(self, instance: User) -> dict[str, Any]:
        data: dict[str, Any] = {
            "username": instance.username,
            "display_name": instance.name,
            "bio": instance.bio,
            "avatar_url": instance.avatar_url,
            "website": instance.website,
            "links": instance.links,
            "post_count": instance.post_count,
            "comment_count": instance.comment_count,
            "follower_count": instance.follower_count,
            "created_at": instance.date_joined,
            "url": address_of("authors", instance.username),
        }
        if "relations" in self.context:
            relation = self.context["relations"][instance.pk]
            data["relation"] = {"following": relation.following, "blocked": relation.blocked}
        return data
