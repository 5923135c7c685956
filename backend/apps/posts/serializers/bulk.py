"""Shapes of one action on many posts."""

from typing import Any

from rest_framework import serializers

from apps.common.schema import ProblemSerializer
from apps.common.serializers import InputSerializer, OutputSerializer

MAX_POSTS = 100
ACTIONS = ("publish", "unpublish", "archive", "trash", "restore", "delete")


class SeenPostSerializer(InputSerializer):
    """A post, and the version of it that the caller saw."""

    slug = serializers.CharField(max_length=120)
    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)


class PostActionSerializer(InputSerializer):
    """What to do, and with which posts."""

    action = serializers.ChoiceField(choices=ACTIONS, help_text="`delete` is for posts in the trash.")
    posts = SeenPostSerializer(many=True, min_length=1, max_length=MAX_POSTS)  # type: ignore[call-arg]


class PostActionResultSerializer(OutputSerializer):
    """What became of one of the posts."""

    slug = serializers.CharField(max_length=120, help_text="As it was sent.")
    done = serializers.BooleanField()
    version = serializers.IntegerField(
        min_value=1, required=False, help_text="The version that the post has now, if it is still there."
    )
    problem = ProblemSerializer(required=False, help_text="Why it was not done.")

    def to_representation(self, instance: dict[str, Any]) -> dict[str, Any]:
        return instance


class PostActionResultsSerializer(OutputSerializer):
    """One result for each post of the request, in its order."""

    results = PostActionResultSerializer(many=True, max_length=MAX_POSTS)  # type: ignore[call-arg]

    def to_representation(self, instance: list[dict[str, Any]]) -> dict[str, Any]:
        return {"results": instance}
