"""What goes with an account that is deleted."""

from apps.accounts.models import User
from apps.comments.models import Comment
from apps.comments.services import CommentGone
from apps.posts.errors import PostGone
from apps.posts.models import Post
from apps.reactions.models import Bookmark, CommentLike, PostLike
from apps.reactions.services.likes import unlike_comment, unlike_post
from apps.tags.models import TagFollow


def forget_reactions(user: User) -> None:
    """Take back every like, one transaction each, so that nobody waits long and the counters stay right; then the
    reading list and the tags that were followed. Safe to repeat."""
    for post_id in list(PostLike.objects.filter(user=user).order_by("pk").values_list("post_id", flat=True)):
        try:
            unlike_post(post=Post(pk=post_id), user=user)
        except PostGone:  # somebody was quicker
            continue
    for comment_id in list(CommentLike.objects.filter(user=user).order_by("pk").values_list("comment_id", flat=True)):
        try:
            unlike_comment(comment=Comment(pk=comment_id), user=user)
        except CommentGone:
            continue
    Bookmark.objects.filter(user=user).delete()
    TagFollow.objects.filter(follower=user).delete()
