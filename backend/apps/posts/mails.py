"""Mail about reviews: to the editors that something waits, to those who write it what came of it."""

from typing import Any

from django.db import transaction
from django.db.models import Q

from apps.accounts.mails.kinds import MailKind, declare
from apps.accounts.mails.sending import greeting_name, send_mail
from apps.accounts.models import User
from apps.common.outbox import record, subscribe
from apps.posts.models import ReviewNote
from apps.posts.services.reviews import APPROVED, SENT_BACK, SUBMITTED

REVIEW_MAIL = "posts.review_mail_wanted"
_SAMPLE = {"name": "Mina Okafor", "title": "The quiet tools", "by": "Ada Lind", "slug": "the-quiet-tools"}
_NOTE = "Please name your source in the third paragraph.\nThe rest is lovely."

REVIEW_ASKED = declare(
    "review_asked",
    app="posts",
    variants={"with_note": {**_SAMPLE, "note": "The second half is new."}, "plain": {**_SAMPLE, "note": ""}},
)
REVIEW_ENDED = declare(
    "review_ended",
    app="posts",
    variants={
        "approved": {**_SAMPLE, "approved": True, "note": "Lovely."},
        "sent_back": {**_SAMPLE, "approved": False, "note": _NOTE},
    },
)
Kind = ReviewNote.Kind


@subscribe(SUBMITTED)
def tell_editors(payload: dict[str, Any]) -> None:
    """A mail for each editor, but not for one who submitted the post."""
    editing = Q(groups__permissions__codename="change_post", groups__permissions__content_type__app_label="posts")
    note = _note(payload)
    if note is not None:
        _want_mails(note, User.objects.filter(editing | Q(is_superuser=True), is_active=True))


@subscribe(APPROVED, SENT_BACK)
def tell_writers(payload: dict[str, Any]) -> None:
    """A mail for the author and each co-author, but not for one who took the step."""
    note = _note(payload)
    if note is not None:
        writers = Q(pk=note.post.author_id) | Q(co_author_links__post=note.post)
        _want_mails(note, User.objects.filter(writers, is_active=True))


@subscribe(REVIEW_MAIL)
def send_review_mail(payload: dict[str, Any]) -> None:
    """Send it, unless the post or the person is gone meanwhile."""
    note, user = _note(payload), User.objects.filter(pk=payload["user_id"], is_active=True).first()
    if note is None or user is None:
        return
    context = {
        "name": greeting_name(user),
        "title": note.post.title or note.post.slug,
        "by": greeting_name(note.author) if note.author else "",
        "slug": note.post.slug,
        "note": note.body,
        "approved": note.kind == Kind.APPROVED,
    }
    send_mail(kind=_kind_of(note), to=user.email, language=user.language, context=context, key=f"{note.pk}")


def _kind_of(note: ReviewNote) -> MailKind:
    return REVIEW_ASKED if note.kind == Kind.SUBMITTED else REVIEW_ENDED


def _note(payload: dict[str, Any]) -> ReviewNote | None:
    return ReviewNote.objects.select_related("post", "author").filter(pk=payload["note_id"]).first()


@transaction.atomic
def _want_mails(note: ReviewNote, people: Any) -> None:
    """One message of the outbox for each, so that a mailbox that refuses mail does not make the others' come again."""
    for pk in people.exclude(pk=note.author_id).distinct().order_by("pk").values_list("pk", flat=True):
        record(REVIEW_MAIL, {"note_id": note.pk, "user_id": pk})
