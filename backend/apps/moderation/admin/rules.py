"""Rules in the admin: the same checks as over the API."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from rest_framework.serializers import ValidationError as SettingsError

from apps.common.admin import ServiceAdmin, ServiceForm
from apps.moderation.models import Rule
from apps.moderation.serializers.rule_settings import SETTINGS_OF, validated_settings
from apps.moderation.services import rules

HINT = (
    'words: {"words": ["…"]} · links: {"hosts": ["example.com"]} · first_comments: {"count": 1} · '
    'new_with_links: {"days": 7, "comments": 5} · rate: {"minutes": 10, "new": 3, "member": 10, "regular": 30} · '
    'akismet: {"until_checked": "show" or "hold"}. Try a rule on past comments on the site, under Moderation, Rules.'
)


class RuleForm(ServiceForm):
    class Meta:
        model = Rule
        fields = "__all__"
        help_texts = {"settings": HINT}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind = cleaned.get("kind") or self.instance.kind
        if "settings" not in self.errors and kind in SETTINGS_OF:
            try:
                cleaned["settings"] = validated_settings(kind, cleaned.get("settings") or {})
            except SettingsError as problem:
                self.add_error("settings", ValidationError(list(_messages(problem.detail))))
        return cleaned


def _messages(detail: Any, name: str = "") -> list[str]:
    """The messages of nested details, each with the member that it is about."""
    if isinstance(detail, dict):
        return [
            line for key, value in detail.items() for line in _messages(value, "" if key == "settings" else str(key))
        ]
    if isinstance(detail, list):
        return [line for value in detail for line in _messages(value, name)]
    return [f"{name}: {detail}" if name and name != "non_field_errors" else str(detail)]


@admin.register(Rule)
class RuleAdmin(ServiceAdmin):
    form = RuleForm
    list_display = ("name", "kind", "action", "enabled", "updated_at")
    list_filter = ("enabled", "kind")
    fields = ("name", "kind", "settings", "action", "enabled", "version", "updated_at")
    readonly_fields = ("version", "updated_at")
    ordering = ("id",)

    class Media:
        css = {"all": ["moderation/dashboard.css"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Rule | None = None) -> tuple[str, ...]:
        """The kind stays what it is."""
        return self.readonly_fields if obj is None else (*self.readonly_fields, "kind")

    def create(self, request: HttpRequest, form: Any) -> Rule:
        values = {name: form.cleaned_data[name] for name in ("name", "kind", "settings", "action", "enabled")}
        return rules.create_rule(values=values, by_id=request.user.pk)

    def change(self, request: HttpRequest, obj: Rule, form: Any) -> Rule:
        changes = {name: form.cleaned_data[name] for name in ("name", "settings", "action", "enabled")}
        return rules.change_rule(rule=obj, changes=changes, expected=form.expected, by_id=request.user.pk)

    def remove(self, request: HttpRequest, obj: Rule) -> object:
        return rules.delete_rule(rule=obj, by_id=request.user.pk)
