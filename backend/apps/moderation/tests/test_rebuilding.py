"""Making things as the log says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.accounts.models import User
from apps.comments.models import Comment
from apps.comments.services import add_comment, moderate_comment
from apps.moderation.models import Decision
from apps.moderation.services.cases import Subject, Target
from apps.moderation.services.decisions import decide
from apps.moderation.services.effects import Terms
from apps.moderation.services.log import append
from apps.moderation.services.verification import differences
from apps.moderation.tests.test_log import TABLE, run, unguarded
from apps.posts.models import Post
from apps.posts.services import publish_post
from apps.posts.tests.factories import make_post

pytestmark = pytest.mark.django_db


def test_things_are_made_as_the_log_says(moderator: User, author: User, reader: User, outsider: User) -> None:
    """As after a restore in which the log is newer than the rest."""
    post, until = make_post(author), timezone.now() + timedelta(days=7)
    removed, other = (add_comment(post=post, author=reader, body=body) for body in ("Cheap watches!", "Nice."))
    comment = Target(kind=Subject.COMMENT.value, thing=removed)
    decide(moderator=moderator, action="remove", target=comment)
    decide(moderator=moderator, action="lock", target=comment)
    decide(moderator=moderator, action="slow", target=comment, terms=Terms(seconds=60))
    person = Target(kind=Subject.PERSON.value, thing=outsider)
    for action in ("silence", "suspend"):
        decide(moderator=moderator, action=action, target=person, terms=Terms(until=until))
    hidden = make_post(author)
    decide(moderator=moderator, action="remove", target=Target(kind=Subject.POST.value, thing=hidden))
    moderate_comment(comment=removed, status="visible")
    publish_post(post=Post.objects.get(pk=hidden.pk), past_gates=True)
    Post.objects.filter(pk=post.pk).update(thread_locked=False, slow_mode_seconds=0)
    User.objects.filter(pk=outsider.pk).update(silenced_until=None, suspended_until=None)
    before = Decision.objects.count()

    said = run("--rebuild")

    assert said.count("rebuilt: ") == 6
    assert "present state is what they say" in said
    assert list(differences()) == []
    post.refresh_from_db()
    outsider.refresh_from_db()
    assert (post.thread_locked, post.slow_mode_seconds, post.comment_count) == (True, 60, 1)
    assert (outsider.silenced_until, outsider.suspended_until) == (until, until)
    assert not Post.objects.get(pk=hidden.pk).is_live
    assert list(Comment.objects.filter(status="visible")) == [other]
    assert Decision.objects.count() == before
    assert "rebuilt" not in run("--rebuild")


def test_nothing_is_rebuilt_from_a_log_that_was_changed(moderator: User, outsider: User) -> None:
    until = timezone.now() + timedelta(days=7)
    person = Target(kind=Subject.PERSON.value, thing=outsider)
    decide(moderator=moderator, action="silence", target=person, terms=Terms(until=until))
    append(action="warn", subject="person", subject_id=outsider.pk)
    User.objects.filter(pk=outsider.pk).update(silenced_until=None)
    with unguarded() as execute:
        execute(f"UPDATE {TABLE} SET note = 'Other words.' WHERE number = 2")
    assert "rebuilt" not in run("--rebuild", fails=True)
    outsider.refresh_from_db()
    assert outsider.silenced_until is None
