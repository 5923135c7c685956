"""What a moderator decides about without a case."""

from typing import Any

from apps.accounts.models import User
from apps.comments.models import Comment
from apps.common.errors import FieldProblem
from apps.moderation.services.cases import Subject, Target
from apps.posts.models import Post, PostSlug


def find_subject_to_decide(user: User, *, post: str | None, comment: int | None, person: str | None) -> Target:
    """The post, comment or person, if the moderator may see it. Raises FieldProblem."""
    thing: Any
    if post is not None:
        kind = Subject.POST
        slugs = PostSlug.objects.filter(slug=post).values("post_id")
        thing = Post.objects.visible_to(user).filter(pk__in=slugs).select_related("author").first()
    elif comment is not None:
        kind = Subject.COMMENT
        thing = Comment.objects.visible_to(user).filter(pk=comment).select_related("author", "post").first()
    else:
        kind = Subject.PERSON
        thing = User.objects.filter(deleted_at__isnull=True).named(person or "").first()
    if thing is None:
        raise FieldProblem("subject", "There is nothing of this name that you may see.", code="gone")
    return Target(kind=kind.value, thing=thing)
