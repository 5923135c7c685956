"""What goes with an account that is deleted, whatever becomes of its comments."""

from django.db import transaction

from apps.accounts.models import User
from apps.comments.errors import CommentGone
from apps.comments.models import Comment, CommentEdit, Mention
from apps.comments.services.state import lock, write_body


def forget_traces(user: User) -> None:
    """Delete what their comments said before they were edited, and make names that others wrote words again, in one
    transaction each. For accounts that are closed; safe to repeat."""
    CommentEdit.objects.filter(comment__author=user).delete()
    for mention in list(Mention.objects.filter(person=user).select_related("comment").order_by("comment_id")):
        try:
            _name_no_more(mention.comment, user)
        except CommentGone:  # somebody was quicker
            continue


@transaction.atomic
def _name_no_more(comment: Comment, user: User) -> None:
    comment = lock(comment, None)
    write_body(comment, comment.body)
    comment.save(update_fields=["body_html"])
    Mention.objects.filter(comment=comment, person=user).delete()
