"""What writing together leaves of somebody: in their archive, and after their account is deleted."""

import io
import json
from datetime import timedelta
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from apps.accounts.leaving import Fate, ask_for_deletion
from apps.accounts.models import User
from apps.posts.models import Post, Presence, ReviewNote
from apps.posts.services.co_authors import add_co_author
from apps.posts.services.presence import note_presence
from apps.posts.services.reviews import add_note, submit_post
from apps.posts.tests.factories import make_post
from apps.profiles.archive import write_archive
from apps.profiles.tasks import delete_due_accounts

pytestmark = pytest.mark.django_db
LATER = settings.DELETION_DELAY + timedelta(minutes=1)


def delete(user: User, fate: Fate) -> None:
    ask_for_deletion(user=user, posts=fate, comments=fate)
    with time_machine.travel(timezone.now() + LATER):
        assert delete_due_accounts() == 1


@pytest.mark.parametrize("fate", [Fate.KEEP, Fate.REMOVE])
def test_deleted_person_writes_no_post_with_others_any_more(
    fate: Fate, author: User, outsider: User, editor: User
) -> None:
    posts = [make_post(author), make_post(author, "draft"), make_post(author, "trashed")]
    for post in posts:
        Post.objects.filter(pk=post.pk, status="trashed").update(status="draft", trashed_at=None)
        for person in (outsider, editor):
            add_co_author(post=post, person=person, actor=author)
    Post.objects.filter(pk=posts[2].pk).update(status="trashed", trashed_at=timezone.now())
    note_presence(post=posts[0], user=outsider, tab="their-tab")
    delete(outsider, fate)

    for post in posts:
        kept = Post.objects.get(pk=post.pk)
        assert kept.co_author_count == 1
        assert [person.username for person in kept.co_authors] == ["editor"]
    assert not Presence.objects.exists()
    assert [User.objects.get(pk=person.pk).post_count for person in (author, editor, outsider)] == [1, 1, 0]


@pytest.mark.parametrize("fate", [Fate.KEEP, Fate.REMOVE])
def test_remarks_stay_or_go_as_comments_do(fate: Fate, author: User, outsider: User) -> None:
    post = make_post(author, "draft")
    add_co_author(post=post, person=outsider, actor=author)
    add_note(post=post, author=outsider, body="Who says so?", quote="Some text")
    submit_post(post=post, actor=outsider, note="Please look.")
    delete(outsider, fate)

    left = list(ReviewNote.objects.order_by("id").values_list("kind", "body", "quote"))
    if fate == Fate.KEEP:
        assert left == [("remark", "Who says so?", "Some text"), ("submitted", "Please look.", "")]
    else:
        assert left == [("submitted", "", "")]


def test_archive_names_shared_posts_and_holds_own_remarks(author: User, outsider: User, tmp_path: Any) -> None:
    post = make_post(author, "draft", title="Ours", body="The author's own words.")
    add_co_author(post=post, person=outsider, actor=author)
    add_note(post=post, author=outsider, body="Who says so?", quote="own words")
    write_archive(outsider, tmp_path / "all.zip")

    with ZipFile(io.BytesIO((tmp_path / "all.zip").read_bytes())) as archive:
        account = json.loads(archive.read("account.json"))
        assert not [name for name in archive.namelist() if name.startswith("posts/")]
    (shared,) = account["co_authored_posts"]
    assert (shared["title"], shared["url"]) == ("Ours", post.get_absolute_url())
    (note,) = account["review_notes"]
    assert (note["post_title"], note["kind"], note["body"]) == ("Ours", "remark", "Who says so?")
