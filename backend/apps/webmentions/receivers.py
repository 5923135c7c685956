"""What is carried out after a commit: looking at pages that mention us, telling those that we mention."""

from typing import Any

from apps.common.models import Priority
from apps.common.outbox import subscribe
from apps.common.periodic import every
from apps.posts.events import CHANGES
from apps.webmentions.services.receiving import RECEIVED, check_mention, forget_old_mentions
from apps.webmentions.services.sending import SEND, plan_mentions, send_mention
from apps.webmentions.services.telling import tell_authors


@subscribe(RECEIVED, priority=Priority.PATIENT)
def look_at_page(payload: dict[str, Any]) -> None:
    check_mention(payload["mention_id"], payload["attempt"])


@subscribe("comments.moderated")
def tell_of_approved(payload: dict[str, Any]) -> None:
    """No mention is shown before a moderator says so, and none comes back without one."""
    tell_authors(payload["comment_id"])


@subscribe(*CHANGES, priority=Priority.PATIENT)
def plan_what_to_send(payload: dict[str, Any]) -> None:
    """Posts that come from another site have told whom they mention there."""
    if not payload.get("imported"):
        plan_mentions(payload["post_id"])


@subscribe(SEND, priority=Priority.PATIENT)
def tell_page(payload: dict[str, Any]) -> None:
    send_mention(payload["mention_id"], payload["digest"])


@every(hours=24)
def forget_old() -> None:
    forget_old_mentions()
