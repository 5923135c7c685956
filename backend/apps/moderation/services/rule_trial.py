"""Trying a rule on past comments before it goes live."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Subquery

from apps.comments.models import Comment
from apps.common.errors import FieldProblem
from apps.moderation.models import Rule
from apps.moderation.services.rule_kinds import MEMBER_COMMENTS, REGULAR_COMMENTS, Remark, Trust, test_of

LOOKED_AT = 1000
EXAMPLES = 10
SECONDS = 2.0
"""A trial that takes longer ends with what it has looked at."""
_BATCH = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """How many comments were looked at, newest first, how many of them the rule would have met, and some of those."""

    looked_at: int
    matches: int
    examples: list[Comment]


class PastRemark(Remark):
    """A comment with what was so when it was written: earlier comments were counted by the query."""

    def __init__(self, comment: Comment) -> None:
        self.comment, self.body, self.html = comment, comment.body, comment.body_html
        joined: datetime = comment.author.date_joined if comment.author else comment.created_at
        self.age = comment.created_at - joined

    def has_earlier(self, number: int) -> bool:
        return number == 0 or getattr(self.comment, f"shown_{number}") is not None

    def is_rapid(self, number: int, within: timedelta) -> bool:
        reached: datetime | None = getattr(self.comment, f"written_{number}")
        return reached is not None and reached > self.comment.created_at - within


def try_rule(*, kind: str, settings: Mapping[str, Any]) -> Trial:
    """Hold the newest comments of people with accounts against such a rule. Nothing is changed."""
    if kind == Rule.Kind.AKISMET:
        message = "This kind asks a service about each comment as it is written. It cannot be tried on past ones."
        raise FieldProblem("kind", message, code="not_triable")
    test = test_of(kind, settings)
    looked_at = matches = 0
    examples: list[Comment] = []
    until = time.monotonic() + SECONDS
    for comment in _newest(kind, settings):
        if time.monotonic() > until:
            break
        looked_at += 1
        if test(PastRemark(comment)):
            matches += 1
            if len(examples) < EXAMPLES:
                examples.append(comment)
    return Trial(looked_at=looked_at, matches=matches, examples=examples)


def _newest(kind: str, settings: Mapping[str, Any]) -> Iterator[Comment]:
    """In batches, so that a trial that ends early has not read them all. What authors deleted has no text to try."""
    rows = Comment.objects.filter(author__isnull=False).exclude(status=Comment.Status.DELETED)
    rows = rows.select_related("author", "post").defer("post__body", "post__body_html", "author__bio")
    rows = rows.annotate(**_history(kind, settings)).order_by("-id")
    last, left = None, LOOKED_AT
    while left:
        batch = list((rows if last is None else rows.filter(pk__lt=last))[: min(_BATCH, left)])
        yield from batch
        if len(batch) < min(_BATCH, left):
            return
        last, left = batch[-1].pk, left - len(batch)


def _history(kind: str, settings: Mapping[str, Any]) -> dict[str, Subquery]:
    """`shown_n`, `written_n`: the n-th comment of the author before this one, if there are that many. Each is found by
    an index in as many steps."""
    before = Comment.objects.filter(author=OuterRef("author"), pk__lt=OuterRef("pk")).order_by("-pk")
    shown = before.filter(status=Comment.Status.VISIBLE).values("pk")
    written = before.values("created_at")
    shown_numbers: set[int] = set()
    written_numbers: set[int] = set()
    if kind == Rule.Kind.FIRST_COMMENTS:
        shown_numbers = {settings["count"]}
    elif kind == Rule.Kind.NEW_WITH_LINKS:
        shown_numbers = {settings.get("comments") or 0}
    elif kind == Rule.Kind.RATE:
        shown_numbers = {MEMBER_COMMENTS, REGULAR_COMMENTS}
        written_numbers = {settings.get(trust) or 0 for trust in Trust}
    return {
        **{f"shown_{n}": Subquery(shown[n - 1 : n]) for n in shown_numbers if n},
        **{f"written_{n}": Subquery(written[n - 1 : n]) for n in written_numbers if n},
    }
