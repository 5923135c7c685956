"""Jobs of the rule that asks a service about comments: harmless when it is away."""

from datetime import timedelta
from typing import Any

import structlog

from apps.common.outbox import record, subscribe
from apps.moderation.services.akismet import ServiceAway
from apps.moderation.services.rule_check import check_comment

logger = structlog.get_logger(__name__)

CHECK_WANTED = "moderation.check_wanted"
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (2, 10, 30, 120))
"""After each time that the service was away. Then the comment stays as it is: shown, or waiting for a moderator."""


@subscribe("comments.created", name="moderation.check_new_comment")
def check_new_comment(payload: dict[str, Any]) -> None:
    if not payload.get("imported"):
        _check(payload["comment_id"], tries=0)


@subscribe("comments.edited", name="moderation.check_edited_comment")
def check_edited_comment(payload: dict[str, Any]) -> None:
    _check(payload["comment_id"], tries=0)


@subscribe(CHECK_WANTED, name="moderation.check_comment_again")
def check_comment_again(payload: dict[str, Any]) -> None:
    _check(payload["comment_id"], tries=payload["tries"])


def _check(comment_id: int, *, tries: int) -> None:
    try:
        check_comment(comment_id)
    except ServiceAway:
        if tries < len(PAUSES):
            record(CHECK_WANTED, {"comment_id": comment_id, "tries": tries + 1}, delay=PAUSES[tries])
        else:
            logger.warning("akismet.given_up", comment_id=comment_id)
