"""What moderators took out of sight is not published again by its authors: only a decision brings it back."""

from apps.moderation.errors import PostRemoved
from apps.moderation.models import Decision
from apps.posts import gates
from apps.posts.models import Post

Action = Decision.Action


@gates.register
def refuse_removed(post: Post) -> None:
    """Raises PostRemoved while a removal of the post stands."""
    rows = Decision.objects.filter(subject=Decision.Subject.POST, subject_id=post.pk)
    taken_back = rows.filter(action__in=[Action.UNDO, Action.OVERTURN]).values("answers")
    removals = rows.filter(action=Action.REMOVE).exclude(number__in=taken_back)
    number = removals.order_by("-number").values_list("number", flat=True).first()
    if number is not None:
        raise PostRemoved(number)
