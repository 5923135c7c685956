"""Telling authors of a mention that moderators let through."""

from apps.comments.models import Comment
from apps.notifications.models import Kind
from apps.notifications.services import authors_of, group_of_comment, notify, send_what_waits
from apps.webmentions.models import ReceivedMention


def tell_authors(comment_id: int) -> None:
    """Tell those who write the post, each once however often this runs; nobody while readers do not see the mention.
    Other comments are told of elsewhere."""
    mentions = ReceivedMention.objects.select_related("post")
    mention = mentions.filter(comment=comment_id, comment__status=Comment.Status.VISIBLE).first()
    if mention is None:
        return
    send_what_waits(comment_id)
    for recipient_id in authors_of(mention.post):
        notify(
            recipient_id=recipient_id,
            kind=Kind.WEBMENTION,
            group=group_of_comment(comment_id),
            post_id=mention.post_id,
            comment_id=comment_id,
        )
