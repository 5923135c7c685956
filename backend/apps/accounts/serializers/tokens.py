"""Shapes of personal API tokens."""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from apps.accounts.models import ApiToken
from apps.accounts.scopes import DESCRIPTIONS, Scope
from apps.common.serializers import InputSerializer, OutputSerializer

DEFAULT_DAYS = 90
_SCOPES = [(scope.value, scope.value) for scope in Scope]
_MEANINGS = " ".join(f"`{scope}`: {text}" for scope, text in DESCRIPTIONS.items())


class ApiTokenSerializer(OutputSerializer):
    """A token, without its text: that is shown only when the token is made."""

    id = serializers.IntegerField(min_value=1)
    name = serializers.CharField(max_length=80)
    hint = serializers.CharField(max_length=8, help_text="How the text ends, to tell tokens apart.")
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=_SCOPES), max_length=len(Scope))
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True, help_text="To the minute.")

    def to_representation(self, instance: ApiToken) -> dict[str, Any]:
        return {
            "id": instance.pk,
            "name": instance.name,
            "hint": instance.hint,
            "scopes": instance.scopes,
            "created_at": instance.created_at,
            "expires_at": instance.expires_at,
            "last_used_at": instance.last_used_at,
        }


class NewApiTokenSerializer(ApiTokenSerializer):
    """A token that was just made."""

    token = serializers.CharField(max_length=100, help_text="Shown this once. Send as `Authorization: Bearer …`.")

    def to_representation(self, instance: ApiToken) -> dict[str, Any]:
        return {**super().to_representation(instance), "token": self.context["token"]}


class ApiTokenCreateSerializer(InputSerializer):
    """What a program may do in one's name, and for how long."""

    name = serializers.CharField(max_length=80, help_text="What the token is for.")
    scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=_SCOPES), min_length=1, max_length=len(Scope), help_text=_MEANINGS
    )
    expires_in_days = serializers.IntegerField(
        min_value=1, max_value=settings.API_TOKEN_MAX_DAYS, default=DEFAULT_DAYS, help_text="No token is good for ever."
    )
