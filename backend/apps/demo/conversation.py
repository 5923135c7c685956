"""What the people of the demo publication do beside writing: likes, reading lists, reports, and what they are told."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta

from django.utils import timezone

from apps.accounts.models import User
from apps.comments.models import Comment
from apps.demo.parsing import Reactions
from apps.moderation.services.cases import Subject, Target
from apps.moderation.services.decisions import decide
from apps.moderation.services.reports import report
from apps.moderation.services.telling import tell_of
from apps.notifications.models import Kind, Notification, Preference
from apps.notifications.receivers import tell_of_comment
from apps.posts.models import Post
from apps.reactions.services import add_bookmark, like_comment, like_post
from apps.tags.following import follow_tag
from apps.tags.models import Tag

READ_AFTER = timedelta(days=3)
"""What came earlier was read since."""


def converse(
    reactions: Reactions,
    *,
    people: Mapping[str, User],
    posts: Mapping[str, Post],
    comments: Mapping[tuple[str, str], Comment],
) -> None:
    """Make everything that `reactions` lists, and tell people of the comments; by mail nobody hears of any of it."""
    made = {f"{slug}:{name}": comment for (slug, name), comment in comments.items()}
    with _no_mails():
        for comment in comments.values():
            tell_of_comment({"comment_id": comment.pk})
        _date_what_was_told()
        for one in reactions.removals:
            _remove(made[one["comment"]], people[one["by"]], reason=one["reason"], note=one["note"])
    for slug, name in _pairs(reactions.posts):
        like_post(post=posts[slug], user=people[name])
    for key, name in _pairs(reactions.comments):
        like_comment(comment=made[key], user=people[name])
    for name, slug in _pairs(reactions.reading_lists):
        add_bookmark(post=posts[slug], user=people[name])
    for name, slug in _pairs(reactions.followed_tags):
        follow_tag(follower=people[name], tag=Tag.objects.get(slug=slug))
    for one in reactions.reports:
        target = _target(made[one["comment"]])
        report(reporter=people[one["by"]], target=target, reason=one["reason"], detail=one["detail"])


def _pairs(lists: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    return ((name, entry) for name, entries in lists.items() for entry in entries)


def _target(comment: Comment) -> Target:
    return Target(kind=Subject.COMMENT.value, thing=comment)


def _remove(comment: Comment, moderator: User, *, reason: str, note: str) -> None:
    decision = decide(moderator=moderator, action="remove", target=_target(comment), reason=reason, note=note)
    tell_of(decision.number)


@contextmanager
def _no_mails() -> Iterator[None]:
    """Whoever is told of something now is told in the inbox alone. What the outbox tells of it later is no news."""
    kinds = (Kind.REPLY, Kind.MENTION, Kind.DECISION)
    users = User.objects.values_list("pk", flat=True)
    Preference.objects.bulk_create(Preference(user_id=pk, kind=kind) for pk in users for kind in kinds)
    yield
    Preference.objects.all().delete()


def _date_what_was_told() -> None:
    """As if everybody had been told when the comment was written."""
    for row in Notification.objects.select_related("comment").filter(comment__isnull=False):
        assert row.comment is not None  # noqa: S101 - by the query
        row.created_at = row.happened_at = row.comment.created_at
        row.save(update_fields=["created_at", "happened_at"])
    now = timezone.now()  # what was read long ago would be forgotten, and told anew
    Notification.objects.filter(happened_at__lt=now - READ_AFTER).update(read_at=now)
