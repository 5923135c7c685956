"""Who decides about whom. Pure functions; an absent user means no."""

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.comments.policies import can_moderate
from apps.moderation.models import Appeal, Decision

__all__ = ["can_decide_about", "can_moderate", "is_admin", "is_appealable", "may_answer"]

Action = Decision.Action
APPEALABLE = frozenset(
    {Action.REMOVE, Action.SPAM, Action.LOCK, Action.SLOW, Action.WARN, Action.SILENCE, Action.SUSPEND}
)
"""Decisions against somebody. What a rule holds back is looked at by a moderator anyhow."""


def is_admin(user: User) -> bool:
    return user.is_superuser or any(group.name == Role.ADMIN.value for group in user.groups.all())


def can_decide_about(moderator: User, person: User | None) -> bool:
    """Nobody decides about themselves, and about admins only admins do."""
    if not can_moderate(moderator):
        return False
    if person is None:
        return True
    return moderator.pk != person.pk and (not is_admin(person) or is_admin(moderator))


def is_appealable(decision: Decision) -> bool:
    """Whether the person concerned could ask for another look, if they have not yet, and it still stands."""
    return decision.action in APPEALABLE and decision.moderator_id is not None


def may_answer(moderator: User, appeal: Appeal) -> bool:
    """Another moderator than the one who decided, and not the person concerned."""
    return can_moderate(moderator) and moderator.pk not in {appeal.decision.moderator_id, appeal.appellant_id}
