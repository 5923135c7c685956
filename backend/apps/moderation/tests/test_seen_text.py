"""Moderators let through what they have seen, and nothing that was written since."""

import pytest

from apps.accounts.models import User
from apps.comments.models import Comment
from apps.comments.services import add_comment, edit_comment
from apps.moderation.models import Case
from apps.moderation.tests.test_decisions import code, one, reported
from apps.posts.tests.factories import make_post
from conftest import ApiFor

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment(author: User, outsider: User) -> Comment:
    return add_comment(post=make_post(author), author=outsider, body="Cheap watches!")


@pytest.fixture
def case(comment: Comment, reader: User) -> Case:
    return reported(comment, reader)


@pytest.mark.parametrize("action", ["approve", "dismiss"])
def test_what_was_edited_since_it_was_seen_is_not_let_through(
    api: ApiFor, comment: Comment, case: Case, moderator: User, outsider: User, action: str
) -> None:
    """Its author could show moderators one text and readers another."""
    Comment.objects.filter(pk=comment.pk).update(status="pending")
    client = api(moderator)
    (seen,) = client.get("/api/v1/moderation/queue").json()["results"]
    edit_comment(comment=comment, body="Quite another text.", editor=outsider)
    said = {"cases": [case.pk], "versions": [seen["subject"]["version"]]}
    refused = one(client, action, **said)
    assert code(refused) == "version_conflict"
    assert "edited it since" in refused["problem"]["detail"]
    assert Case.objects.open().filter(pk=case.pk).exists()
    assert Comment.objects.get().status == "pending"
    (seen,) = client.get("/api/v1/moderation/queue").json()["results"]
    assert one(client, action, cases=[case.pk], versions=[seen["subject"]["version"]])["done"]


def test_nobody_escapes_a_removal_by_editing(
    api: ApiFor, comment: Comment, case: Case, moderator: User, outsider: User
) -> None:
    edit_comment(comment=comment, body="Quite another text.", editor=outsider)
    assert one(api(moderator), "remove", cases=[case.pk], versions=[comment.version])["done"]
    assert Comment.objects.get().status == "removed"
