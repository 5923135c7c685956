"""What other apps' doings mean for imports."""

from typing import Any

from apps.accounts.scrubbing import DELETED
from apps.common.outbox import subscribe
from apps.importers.models import ImportedAuthor


@subscribe(DELETED)
def forget_author(payload: dict[str, Any]) -> None:
    """Names on other sites are personal too: forget which ones a deleted account had."""
    ImportedAuthor.objects.filter(user_id=payload["user_id"]).delete()
