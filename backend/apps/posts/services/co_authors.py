"""People who write a post together with its author."""

from django.db import transaction
from django.db.models import F

from apps.accounts.models import Block, User
from apps.common.errors import DomainError, InvalidState
from apps.common.outbox import record
from apps.posts.models import CoAuthor, Post
from apps.posts.policies import can_create_post
from apps.posts.services.counters import contribution_of, move
from apps.posts.services.writing import lock_post

MAX_CO_AUTHORS = 10


class CannotWriteTogether(DomainError):
    """One of the two has blocked the other. It says no more than that it does not work."""

    status = 403
    code = "cannot_write_together"
    title = "This person cannot be added"

    def __init__(self) -> None:
        super().__init__("This person cannot be a co-author of this post.")


class NotAnAuthor(DomainError):
    status = 422
    code = "not_an_author"
    title = "This person does not write here"

    def __init__(self) -> None:
        super().__init__("Only people who may write posts here can be co-authors.")


class TooManyCoAuthors(DomainError):
    status = 422
    code = "too_many_co_authors"
    title = "There is no room for more"

    def __init__(self) -> None:
        super().__init__(f"A post can have {MAX_CO_AUTHORS} co-authors. Remove somebody first.")


@transaction.atomic
def add_co_author(*, post: Post, person: User, actor: User) -> None:
    """From now on the person may read, edit and publish the post, and is named with it. Adding twice is adding once.

    Raises NotAnAuthor, CannotWriteTogether and TooManyCoAuthors. The post's version stays: nobody's edit is disturbed.
    """
    post = lock_post(post)
    if post.author_id == person.pk:
        raise InvalidState("This is the post's author already.")
    if CoAuthor.objects.filter(post=post, user=person).exists():
        return
    # Locked, so that nobody is added to a post whose account is being deleted.
    active = User.objects.select_for_update(no_key=True).filter(pk=person.pk, is_active=True).first()
    if not can_create_post(active):
        raise NotAnAuthor
    if any(Block.objects.between(one, person.pk).exists() for one in {post.author_id, actor.pk}):
        raise CannotWriteTogether
    if post.co_author_count >= MAX_CO_AUTHORS:
        raise TooManyCoAuthors
    before = contribution_of(post)
    CoAuthor.objects.create(post=post, user=person)
    _changed(post, 1)
    move(before, contribution_of(post))
    record("posts.co_author_added", {"post_id": post.pk, "user_id": person.pk, "actor_id": actor.pk})


@transaction.atomic
def remove_co_author(*, post: Post, person: User) -> None:
    """Take the person off the post, or let them leave; no longer being on it is no error."""
    post = lock_post(post, in_trash=True)
    link = CoAuthor.objects.filter(post=post, user=person).first()
    if link is None:
        return
    before = contribution_of(post)
    link.delete()
    _changed(post, -1)
    move(before, contribution_of(post))
    record("posts.co_author_removed", {"post_id": post.pk, "user_id": person.pk})


def leave_all_posts(person: User) -> int:
    """Take the person off every post of others; returns how many. Safe to repeat."""
    posts = list(Post.objects.shared_with(person).only("pk").order_by("pk"))
    for post in posts:
        remove_co_author(post=post, person=person)
    return len(posts)


def _changed(post: Post, number: int) -> None:
    Post.objects.filter(pk=post.pk).update(co_author_count=F("co_author_count") + number)
    post.co_author_count += number
    post.forget_co_authors()
