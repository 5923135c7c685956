"""Shapes of where one is signed in, and of what happened to one's account."""

from typing import Any

from rest_framework import serializers

from apps.accounts.devices import ADDRESS_CLASSES, address_class, device_name
from apps.accounts.models import SecurityEvent, Session
from apps.common.serializers import OutputSerializer

PROOFS = ("password", "email_code", "passkey", "totp", "recovery_code")


class SessionSerializer(OutputSerializer):
    """One place where the account is signed in. Expects the id of the caller's session as `current`."""

    id = serializers.UUIDField()
    current = serializers.BooleanField(help_text="Whether this request belongs to it.")
    device = serializers.CharField(max_length=130, help_text="The program, as it calls itself: `Firefox on Windows`.")
    address = serializers.IPAddressField(allow_null=True, max_length=45, help_text="Where it was used last.")
    address_class = serializers.ChoiceField(
        choices=[(name, name) for name in ADDRESS_CLASSES], help_text="How near that address is to the server."
    )
    methods = serializers.ListField(
        child=serializers.ChoiceField(choices=[(name, name) for name in PROOFS]),
        max_length=len(PROOFS),
        help_text="How the owner proved who they are.",
    )
    created_at = serializers.DateTimeField()
    used_at = serializers.DateTimeField(help_text="When it last fetched an access token.")

    def to_representation(self, instance: Session) -> dict[str, Any]:
        return {
            "id": instance.pk,
            "current": instance.pk == self.context["current"],
            "device": device_name(instance.user_agent),
            "address": instance.address,
            "address_class": address_class(instance.address),
            "methods": [name for name in PROOFS if name in instance.methods],
            "created_at": instance.created_at,
            "used_at": instance.used_at,
        }


class SecurityEventSerializer(OutputSerializer):
    """Something that happened to the account."""

    id = serializers.IntegerField(min_value=1)
    kind = serializers.ChoiceField(choices=SecurityEvent.Kind.choices)
    detail = serializers.CharField(
        max_length=200, allow_blank=True, help_text="What it concerned, such as the name of a passkey."
    )
    device = serializers.CharField(max_length=130)
    address = serializers.IPAddressField(allow_null=True, max_length=45)
    created_at = serializers.DateTimeField()
    by_owner = serializers.BooleanField(help_text="False for what an administrator did.")

    def to_representation(self, instance: SecurityEvent) -> dict[str, Any]:
        return {
            "id": instance.pk,
            "kind": instance.kind,
            "detail": instance.detail,
            "device": device_name(instance.user_agent if instance.by_id is None else ""),
            "address": instance.address if instance.by_id is None else None,  # an administrator's is their own affair
            "created_at": instance.created_at,
            "by_owner": instance.by_id is None,
        }
