"""Following tags."""

from django.db import transaction

from apps.accounts.models import User
from apps.common.errors import DomainError
from apps.tags.models import Tag, TagFollow

MAX_FOLLOWED_TAGS = 500
"""Tags that one may follow."""


class TooManyTags(DomainError):
    status = 422
    code = "too_many_tags"
    title = "There is no room for more"


@transaction.atomic
def follow_tag(*, follower: User, tag: Tag) -> None:
    """From now on the follower hears of new posts with the tag. Following twice is following once.

    Raises TooManyTags.
    """
    _, is_new = TagFollow.objects.get_or_create(follower=follower, tag=tag)
    if is_new and TagFollow.objects.filter(follower=follower).count() > MAX_FOLLOWED_TAGS:
        raise TooManyTags(f"You follow {MAX_FOLLOWED_TAGS} tags already. Stop following one first.")


def unfollow_tag(*, follower: User, tag: Tag) -> None:
    """The other way; no longer following is no error."""
    TagFollow.objects.filter(follower=follower, tag=tag).delete()
