"""Whom to offer while somebody types a name: those who talk here first."""

from django.db.models import Exists, OuterRef, QuerySet

from apps.accounts.models import Block, User
from apps.comments.models import Comment
from apps.posts.models import Post

AT_MOST = 8
RECENT = 300
"""Comments of a thread whose authors count as those who talk here."""


def mentionable(*, post: Post, user: User, prefix: str) -> list[User]:
    """At most eight active people whose usernames begin so: those of the thread first, then others. Nobody whom the
    user has blocked or is blocked by, nor the user. Without a prefix, those of the thread alone. At most three queries.
    """
    recent = Comment.objects.arrived_in(post.pk).filter(status=Comment.Status.VISIBLE, author__isnull=False)
    recent = recent.order_by("-post_id", "-id")
    here = dict.fromkeys([*recent.values_list("author_id", flat=True)[:RECENT], post.author_id])
    people = _offered(user, prefix)
    order = {pk: place for place, pk in enumerate(here)}
    found = sorted(people.filter(pk__in=here), key=lambda person: order[person.pk])[:AT_MOST]
    if prefix and len(found) < AT_MOST:
        found += people.exclude(pk__in=here).order_by("username")[: AT_MOST - len(found)]
    return found


def _offered(user: User, prefix: str) -> QuerySet[User]:
    blocks = Block.objects.filter(blocker=OuterRef("pk"), blocked=user)
    blocked = Block.objects.filter(blocker=user, blocked=OuterRef("pk"))
    people: QuerySet[User] = (
        User.objects.filter(is_active=True).exclude(pk=user.pk).exclude(Exists(blocks)).exclude(Exists(blocked))
    )
    people = people.only("username", "display_name", "avatar_url")
    return people.filter(username__lower__startswith=prefix.lower()) if prefix else people
