"""What somebody reported, what moderators decided about them or they as a moderator, and what their comments said
before they were edited: as rows to be written down. Who reported or decided is about others, and left out."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, QuerySet

from apps.accounts.models import User
from apps.comments.models import CommentEdit
from apps.moderation.models import Appeal, Decision, Report

_CHUNK = 500
_REPORT = "post_id comment_id person_id reason detail outcome created_at"
_DECISION = "number action subject subject_id reason rule note answers before after created_at"
_MADE = "number action subject subject_id reason note answers created_at"


def moderation_sections(user: User) -> Iterator[tuple[str, Any]]:
    """Names and contents, the oldest row first."""
    edits = CommentEdit.objects.filter(comment__author=user).order_by("id")
    yield "former_comments", _rows(edits, "comment_id body replaced_at")
    reports = Report.objects.filter(reporter=user).order_by("id")
    subjects = {f"{name}_id": F(f"case__{name}") for name in ("post", "comment", "person")}
    yield "reports", _rows(reports.annotate(**subjects), _REPORT)
    yield "decisions", _rows(Decision.objects.concerning(user).order_by("number"), _DECISION)
    appeals = Appeal.objects.filter(appellant=user).annotate(number=F("decision__number")).order_by("id")
    yield "appeals", _rows(appeals, "number text state created_at decided_at")
    yield "decisions_made", _rows(Decision.objects.filter(moderator_id=user.pk).order_by("number"), _MADE)


def _rows(queryset: QuerySet[Any], fields: str) -> Iterator[dict[str, Any]]:
    return iter(queryset.values(*fields.split()).iterator(chunk_size=_CHUNK))
