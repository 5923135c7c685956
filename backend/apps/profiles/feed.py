"""The posts of the people whom somebody follows."""

from apps.accounts.models import Follow, User
from apps.common.pagination import Order, Page, paginate
from apps.posts.models import Post

NEWEST = Order("feed", ("-published_at", "-id"))


def feed_page(user: User, *, cursor: str | None, limit: int, with_body: bool = False) -> Page[Post]:
    """One page of the user's feed, newest first. Raises InvalidParameters for a foreign cursor."""
    followed = Follow.objects.filter(follower=user).values("followed")
    posts = Post.objects.live().filter(author__in=followed).with_relations(with_body=with_body)
    return paginate(posts, NEWEST, cursor=cursor, limit=limit)
