"""Following and blocking people."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from apps.accounts.models import Block, Follow, User
from apps.common.errors import DomainError

MAX_RELATIONS = 5000
"""People that one may follow, and that one may block."""


class NotWithOneself(DomainError):
    status = 422
    code = "not_with_oneself"
    title = "This takes two"


class CannotFollow(DomainError):
    """They have blocked the caller. It says no more than that it does not work, which they will see anyhow."""

    status = 403
    code = "cannot_follow"
    title = "You cannot follow this person"

    def __init__(self) -> None:
        super().__init__("This person cannot be followed from your account.")


class BlockedByYou(DomainError):
    status = 422
    code = "blocked_by_you"
    title = "You have blocked this person"

    def __init__(self) -> None:
        super().__init__("You have blocked this person. Unblock them first, then follow them.")


class TooManyRelations(DomainError):
    status = 422
    code = "too_many_relations"
    title = "There is no room for more"


@dataclass(frozen=True)
class Relation:
    """How one account stands to another. Whether it is blocked by the other is nobody's business but the other's."""

    following: bool = False
    blocked: bool = False


@transaction.atomic
def follow(*, follower: User, followed: User) -> None:
    """From now on what `followed` publishes is in the feed of `follower`. Following twice is following once.

    Raises NotWithOneself, BlockedByYou, CannotFollow and TooManyRelations.
    """
    if follower.pk == followed.pk:
        raise NotWithOneself("You cannot follow yourself. Your own posts are in your list of posts.")
    _lock(follower, followed)
    blockers = set(Block.objects.between(follower.pk, followed.pk).values_list("blocker_id", flat=True))
    if follower.pk in blockers:
        raise BlockedByYou
    if blockers:
        raise CannotFollow
    _, is_new = Follow.objects.get_or_create(follower=follower, followed=followed)
    if is_new:
        if Follow.objects.filter(follower=follower).count() > MAX_RELATIONS:
            raise TooManyRelations(f"You follow {MAX_RELATIONS} people already. Unfollow somebody first.")
        User.objects.filter(pk=followed.pk).update(follower_count=F("follower_count") + 1)


@transaction.atomic
def unfollow(*, follower: User, followed: User) -> None:
    """The other way; no longer following is no error."""
    _lock(follower, followed)
    _end_follows(Q(follower=follower, followed=followed))


@transaction.atomic
def block(*, blocker: User, blocked: User) -> None:
    """Keep somebody at a distance: neither follows the other any more, and `blocked` answers nothing that `blocker`
    wrote. Blocking twice is blocking once. Raises NotWithOneself and TooManyRelations."""
    if blocker.pk == blocked.pk:
        raise NotWithOneself("You cannot block yourself.")
    _lock(blocker, blocked)
    _, is_new = Block.objects.get_or_create(blocker=blocker, blocked=blocked)
    if is_new and Block.objects.filter(blocker=blocker).count() > MAX_RELATIONS:
        raise TooManyRelations(f"You have blocked {MAX_RELATIONS} people already.")
    _end_follows(Q(follower=blocker, followed=blocked) | Q(follower=blocked, followed=blocker))


@transaction.atomic
def unblock(*, blocker: User, blocked: User) -> None:
    """Let somebody come near again. The follows that the block ended do not come back."""
    Block.objects.filter(blocker=blocker, blocked=blocked).delete()


def relations_of(user: User, others: list[int]) -> dict[int, Relation]:
    """How the user stands to each of these accounts: one query, by id."""
    follows = Follow.objects.filter(follower=user, followed=OuterRef("pk"))
    blocks = Block.objects.filter(blocker=user, blocked=OuterRef("pk"))
    rows = User.objects.filter(pk__in=others).values_list(
        "pk", Subquery(follows.values("pk")), Subquery(blocks.values("pk"))
    )
    return {pk: Relation(following=follow is not None, blocked=block is not None) for pk, follow, block in rows}


def recount_followers() -> int:
    """Make every `follower_count` say how many there are; returns how many were wrong.

    Each is counted again under the lock that following takes, so that none changes in between.
    """
    number = Follow.objects.filter(followed=OuterRef("pk")).order_by().values("followed").annotate(number=Count("pk"))
    counted = User.objects.annotate(actual=Coalesce(Subquery(number.values("number")), 0))
    wrong = 0
    for pk in counted.exclude(follower_count=F("actual")).values_list("pk", flat=True):
        with transaction.atomic():
            User.objects.select_for_update(no_key=True).get(pk=pk)
            actual = Follow.objects.filter(followed=pk).count()
            wrong += User.objects.filter(pk=pk).exclude(follower_count=actual).update(follower_count=actual)
    return wrong


def _lock(*people: User) -> None:
    """Lock the accounts in one order everywhere, so that following and blocking each other at once never deadlocks and
    never leaves both a follow and a block. Others may still refer to them (no_key)."""
    ids = [person.pk for person in people]
    list(User.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))


def _end_follows(which: Q) -> None:
    """Delete these follows and take them out of the counters."""
    for pk, followed in Follow.objects.filter(which).order_by("followed").values_list("pk", "followed"):
        deleted, _ = Follow.objects.filter(pk=pk).delete()
        if deleted:
            User.objects.filter(pk=followed, follower_count__gt=0).update(follower_count=F("follower_count") - 1)
