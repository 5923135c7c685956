"""When an approval ends."""

from apps.accounts.models import User
from apps.posts.errors import ReviewRequired
from apps.posts.models import Post
from apps.posts.policies import can_edit_directly, can_publish_post, can_review

State = Post.ReviewState


def end_approval(post: Post, *, editor: User | None) -> None:
    """What was approved is another text now. Call it under the lock of the post's row, before it is saved or (for a
    working copy) on its own; what editors change stays approved."""
    if post.review_state == State.APPROVED and not can_review(editor):
        post.review_state = State.NONE
        Post.objects.filter(pk=post.pk).update(review_state=State.NONE)


def close_review(post: Post) -> None:
    """The review has led to what it was for, a publication, or there is nothing to review any more. Under the lock."""
    if post.review_state != State.NONE:
        post.review_state = State.NONE
        Post.objects.filter(pk=post.pk).update(review_state=State.NONE)


def require_approval(post: Post, actor: User | None) -> None:
    """Raise ReviewRequired where the review has not come to its end, or not any more: an approval may have ended since
    somebody looked. Under the lock. Nobody (an import, the admin) may."""
    if actor is not None and not can_publish_post(actor, post):
        raise ReviewRequired


def require_unpublished(post: Post, actor: User | None) -> None:
    """Raise ReviewRequired where what is changed would reach readers as it is: the post may have become public since
    somebody looked. Under the lock."""
    if actor is not None and not can_edit_directly(actor, post):
        raise ReviewRequired("Readers would see this unreviewed. Change a working copy, or unpublish the post first.")
