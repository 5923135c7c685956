"""Writing rules. Their settings were validated by the serializer of their kind."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings as site_settings
from django.db import transaction
from django.utils import timezone

from apps.common.conditional import check_version
from apps.common.errors import DomainError, FieldProblem, InvalidState
from apps.common.outbox import record
from apps.moderation.models import Rule

MAX_RULES = 100
"""Each comment is held against all of them."""


class RuleGone(DomainError):
    status = 404
    code = "not_found"
    title = "There is nothing here"


@transaction.atomic
def create_rule(*, values: Mapping[str, Any], by_id: int | None = None) -> Rule:
    """A new rule of `name`, `kind`, `settings`, `action` and `enabled`; off unless they say otherwise."""
    if Rule.objects.count() >= MAX_RULES:
        raise InvalidState(f"There can be {MAX_RULES} rules. Delete one that nobody needs.")
    rule = Rule(**values)
    _refuse_what_cannot_work(rule)
    rule.save(force_insert=True)
    record("moderation.rule_changed", {"rule_id": rule.pk, "by_id": by_id, "enabled": rule.enabled})
    return rule


@transaction.atomic
def change_rule(
    *, rule: Rule, changes: Mapping[str, Any], expected: set[int] | None = None, by_id: int | None = None
) -> Rule:
    """Change it; what differs in nothing leaves the version as it was. Raises VersionConflict."""
    rule = _locked(rule, expected)
    changed = [name for name, value in changes.items() if getattr(rule, name) != value]
    if not changed:
        return rule
    for name in changed:
        setattr(rule, name, changes[name])
    _refuse_what_cannot_work(rule)
    rule.version += 1
    rule.updated_at = timezone.now()
    rule.save(update_fields=[*changed, "version", "updated_at"])
    record("moderation.rule_changed", {"rule_id": rule.pk, "by_id": by_id, "enabled": rule.enabled})
    return rule


@transaction.atomic
def delete_rule(*, rule: Rule, expected: set[int] | None = None, by_id: int | None = None) -> None:
    """What it has held stays held; the log names it as it was called."""
    rule = _locked(rule, expected)
    record("moderation.rule_deleted", {"rule_id": rule.pk, "by_id": by_id, "name": rule.name})
    rule.delete()


def akismet_is_set_up() -> bool:
    return bool(site_settings.AKISMET_URL and site_settings.AKISMET_KEY)


def _locked(rule: Rule, expected: set[int] | None) -> Rule:
    locked = Rule.objects.select_for_update().filter(pk=rule.pk).first()
    if locked is None:
        raise RuleGone
    check_version(locked.version, expected)
    return locked


def _refuse_what_cannot_work(rule: Rule) -> None:
    if rule.kind != Rule.Kind.AKISMET:
        return
    if rule.action == Rule.Action.REFUSE:
        message = "The service answers after the comment was sent, so the comment can be held or put away, not refused."
        raise FieldProblem("action", message, code="cannot_refuse")
    if rule.enabled and not akismet_is_set_up():
        message = "Ask whoever runs this site to set AKISMET_KEY first; until then there is no service to ask."
        raise FieldProblem("enabled", message, code="not_set_up")
