"""The gate of the rules that are on: what a new or edited comment meets before anybody sees it."""

from datetime import timedelta
from typing import Literal

from django.utils import timezone

from apps.accounts.models import User
from apps.comments import gates
from apps.comments.models import Comment
from apps.comments.policies import can_moderate
from apps.moderation.models import Case, Rule
from apps.moderation.services.cases import open_case
from apps.moderation.services.rule_kinds import Remark, test_of
from apps.posts.models import Post

_HARDEST_FIRST: tuple[Literal["refuse", "spam", "hold"], ...] = ("refuse", "spam", "hold")
REFUSED = "This comment was not accepted: it meets the rule “{}” of this publication."


class NewRemark(Remark):
    """What somebody is about to write."""

    def __init__(self, *, body: str, author: User, is_edit: bool) -> None:
        self.body, self.author, self.is_edit = body, author, is_edit
        self.age = timezone.now() - author.date_joined

    def has_earlier(self, number: int) -> bool:
        return self.author.comment_count >= number

    def is_rapid(self, number: int, within: timedelta) -> bool:
        own = Comment.objects.filter(author=self.author).order_by("-id").values_list("created_at", flat=True)
        reached = own[number - 1 : number].first()
        return reached is not None and reached > timezone.now() - within


def is_exempt(author: User | None, post: Post) -> bool:
    """Moderators, and whoever writes the post itself; nobody's comments come from imports, which pass all gates."""
    return author is None or can_moderate(author) or post.is_written_by(author)


@gates.register
def ask_rules(draft: gates.Draft) -> gates.Verdict | None:
    """The most severe of the rules that the comment meets, the oldest among equals."""
    author = draft.author
    # The service is asked about what no other rule has met: its word alone lets a comment through that it held.
    rules = sorted(Rule.objects.filter(enabled=True)[:200], key=lambda rule: rule.kind == Rule.Kind.AKISMET)
    if not rules or author is None or is_exempt(author, draft.post):
        return None
    remark = NewRemark(body=draft.body, author=author, is_edit=draft.comment is not None)
    for action in _HARDEST_FIRST:
        for rule in rules:
            # What the service will say is not known yet: until then the comment waits, if anything.
            given = Rule.Action.HOLD if rule.kind == Rule.Kind.AKISMET else rule.action
            if given == action and test_of(rule.kind, rule.settings)(remark):
                message = REFUSED.format(rule.name)
                return gates.Verdict(action=action, name=rule.name, rule_id=rule.pk, message=message)
    return None


@gates.on_held
def open_case_for(comment: Comment, verdict: gates.Verdict) -> None:
    """What a rule held waits for a moderator, and stands in the log by the rule's name. An edit of what waits already
    is no news."""
    if not Case.objects.open().filter(comment=comment, rule__isnull=False).exists():
        rule = Rule.objects.filter(pk=verdict.rule_id).first() if verdict.rule_id else None
        open_case(comment=comment, rule=rule, rule_name=verdict.name)
