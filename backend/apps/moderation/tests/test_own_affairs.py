"""What moderators may not decide: what is theirs, also in part or by a detour."""

import pytest
from django.contrib.admin.models import LogEntry

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.comments.models import Comment, CommentEdit
from apps.comments.services import add_comment, edit_comment, moderate_comment
from apps.common.tests.admin_forms import messages_of, run_action, signed_in, submit
from apps.moderation.models import Case, Decision
from apps.moderation.services.cases import Subject, Target
from apps.moderation.services.decisions import decide
from apps.moderation.services.reports import report
from apps.posts.models import Post
from apps.posts.services.co_authors import add_co_author
from apps.posts.tests.factories import make_post
from conftest import ApiFor

pytestmark = pytest.mark.django_db
DECISIONS = "/api/v1/moderation/decisions"
COMMENTS = "/admin/comments/comment/"


@pytest.fixture
def writer() -> User:
    """A moderator who writes too."""
    return UserFactory.create(username="writer", roles=["author", "moderator"])


@pytest.fixture
def shared(author: User, writer: User) -> Post:
    post = make_post(author, title="Written together")
    add_co_author(post=post, person=writer, actor=author)
    return Post.objects.get(pk=post.pk)


@pytest.fixture
def case(shared: Post, reader: User) -> Case:
    target = Target(kind=Subject.POST.value, thing=shared)
    return report(reporter=reader, target=target, reason="abuse")[0].case


def outcome(api: ApiFor, moderator: User, **said: object) -> str:
    answer = api(moderator).post(DECISIONS, said)
    if answer.status_code != 200:
        return str(answer.json()["code"])
    (result,) = answer.json()["results"]
    return "done" if result["done"] else str(result["problem"]["code"])


def test_co_author_learns_nothing_of_reports_of_their_post(api: ApiFor, case: Case, writer: User) -> None:
    assert api(writer).get("/api/v1/moderation/queue").json()["results"] == []
    assert api(writer).get("/api/v1/moderation/summary").json()["open"] == 0
    assert outcome(api, writer, action="dismiss", cases=[case.pk]) == "not_found"
    assert "Written together" not in signed_in(writer).get("/admin/moderation/case/").content.decode()


@pytest.mark.parametrize("action", ["dismiss", "approve", "remove", "lock"])
def test_co_author_decides_nothing_about_their_post(
    api: ApiFor, case: Case, shared: Post, writer: User, action: str
) -> None:
    assert outcome(api, writer, action=action, subject={"post": shared.slug}) == "not_yours_to_decide"
    assert not Decision.objects.exists()


def test_co_author_takes_nothing_back_and_answers_no_appeal(
    api: ApiFor, case: Case, shared: Post, author: User, writer: User, moderator: User
) -> None:
    target = Target(kind=Subject.POST.value, thing=shared)
    number = decide(moderator=moderator, action="remove", target=target, case=case, reason="abuse").number
    assert outcome(api, writer, action="undo", answers=[number]) == "not_yours_to_decide"
    api(author).post("/api/v1/moderation/appeals", {"decision": number, "text": "It is true."})
    assert outcome(api, writer, action="overturn", answers=[number]) == "not_yours_to_decide"


def test_old_decision_is_not_taken_back_over_a_newer_one(
    api: ApiFor, author: User, outsider: User, moderator: User, admin: User
) -> None:
    """Removed, approved, and removed again by an admin: taking the first removal back would undo the admin's too."""
    comment = add_comment(post=make_post(author), author=outsider, body="Cheap watches!")
    about = {"comment": comment.pk}
    for who, action in ((moderator, "remove"), (moderator, "approve"), (admin, "remove")):
        assert outcome(api, who, action=action, subject=about, reason="spam") == "done"
    assert outcome(api, moderator, action="undo", answers=[1]) == "invalid_state"
    comment.refresh_from_db()
    assert comment.status == "removed"
    for number in (3, 2, 1):  # one by one, from the newest on
        assert outcome(api, moderator, action="undo", answers=[number]) == "done"
    comment.refresh_from_db()
    assert comment.status == "visible"


def test_appeal_does_not_overturn_what_was_decided_since(
    api: ApiFor, author: User, outsider: User, moderator: User, admin: User
) -> None:
    comment = add_comment(post=make_post(author), author=outsider, body="Cheap watches!")
    about = {"comment": comment.pk}
    assert outcome(api, moderator, action="remove", subject=about, reason="spam") == "done"
    api(outsider).post("/api/v1/moderation/appeals", {"decision": 1, "text": "They are good."})
    assert outcome(api, moderator, action="approve", subject=about) == "done"
    assert outcome(api, admin, action="remove", subject=about, reason="illegal") == "done"
    assert outcome(api, admin, action="overturn", answers=[1]) == "done"
    comment.refresh_from_db()
    assert comment.status == "removed"
    assert Decision.objects.get(answers=1).after == {}


# -- In the Django admin -------------------------------------------------------------------------------------------


def test_moderator_puts_no_words_into_an_admins_mouth(author: User, moderator: User, admin: User) -> None:
    comment = add_comment(post=make_post(author), author=admin, body="I said this.")
    page = submit(signed_in(moderator), f"{COMMENTS}{comment.pk}/change/", body="I resign.")
    assert "Only admins" in page.content.decode()
    assert Comment.objects.get().body == "I said this."
    other = UserFactory.create(username="another", roles=["admin"])
    assert submit(signed_in(other), f"{COMMENTS}{comment.pk}/change/", body="I said that.").status_code == 302


@pytest.mark.parametrize("status", ["removed", "spam"])
def test_moderator_wipes_nothing_of_their_own_that_was_taken_away(author: User, moderator: User, status: str) -> None:
    """It is evidence, for whoever answers an appeal."""
    comment = add_comment(post=make_post(author), author=moderator, body="Rude words.")
    edit_comment(comment=comment, body="Ruder words.", editor=moderator)
    moderate_comment(comment=comment, status=status)
    client = signed_in(moderator)
    client.post(f"{COMMENTS}{comment.pk}/delete/", {"post": "yes"})
    page = submit(client, f"{COMMENTS}{comment.pk}/change/", body="Kind words.")
    assert "taken away of their own" in page.content.decode()
    now = Comment.objects.get()
    assert (now.status, now.body, CommentEdit.objects.count()) == (status, "Ruder words.", 1)


def test_moderator_does_not_approve_their_own_comment_in_the_admin(author: User, moderator: User) -> None:
    comment = add_comment(post=make_post(author), author=moderator, body="Rude words.")
    moderate_comment(comment=comment, status="removed")
    response = run_action(signed_in(moderator), COMMENTS, "approve", [comment])
    assert "Nobody decides about themselves" in messages_of(response)
    assert Comment.objects.get().status == "removed"


def test_deleting_many_leaves_all_where_one_is_not_the_moderators_to_delete(
    author: User, reader: User, moderator: User, admin: User
) -> None:
    post = make_post(author)
    comments = [add_comment(post=post, author=who, body=f"By {who}.") for who in (reader, admin)]
    response = run_action(signed_in(moderator), COMMENTS, "delete_selected", comments, post="yes")
    assert "Nothing was deleted. Only admins decide about admins." in messages_of(response)
    assert list(Comment.objects.values_list("status", flat=True)) == ["visible", "visible"]
    assert not LogEntry.objects.exists()
