"""Reviews: steps, remarks, mails, and what authors may publish where an editor has to approve first."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.models import User
from apps.posts.models import Post
from apps.posts.services import schedule_post, settle_due_posts, trash_post, update_post
from apps.posts.services.co_authors import add_co_author
from apps.posts.services.reviews import approve_post, submit_post
from apps.posts.services.working_copies import create_working_copy, publish_working_copy, update_working_copy
from apps.posts.tests.factories import make_post
from apps.site.services import update_site
from conftest import ApiClient, ApiFor

pytestmark = pytest.mark.django_db
POSTS = "/api/v1/posts"
ANY = {"If-Match": "*"}


def step(client: ApiClient, post: Post, name: str, **body: Any) -> Any:
    return client.post(f"{POSTS}/{post.slug}/{name}", body, headers=ANY)


def state_of(post: Post) -> str:
    return Post.objects.get(pk=post.pk).review_state


def approved(post: Post, author: User, editor: User) -> Post:
    submit_post(post=post, actor=author)
    copy = getattr(Post.objects.select_related("working_copy").get(pk=post.pk), "working_copy", None)
    return approve_post(post=post, actor=editor, working_copy=copy.version if copy else None)


def test_a_review_from_draft_to_publication(author: User, editor: User, api: ApiFor) -> None:
    update_site(review_required=True)
    post = make_post(author, "draft")
    mine, theirs = api(author), api(editor)
    refused = step(mine, post, "publish")
    assert (refused.status_code, refused.json()["code"]) == (403, "review_required")
    assert step(mine, post, "submit", note="Fresh.").status_code == 200
    assert step(theirs, post, "send-back", note="Who says so?").status_code == 200
    assert mine.patch(f"{POSTS}/{post.slug}", {"body": "Ada says so."}, headers=ANY).status_code == 200
    assert step(mine, post, "submit").status_code == 200
    assert step(theirs, post, "approve", note="Lovely.").status_code == 200
    assert step(mine, post, "publish").json()["status"] == "published"
    assert state_of(post) == "none"
    kinds = [row["kind"] for row in mine.get(f"{POSTS}/{post.slug}/review-notes").json()["results"]]
    assert kinds == ["approved", "submitted", "sent_back", "submitted"]


def test_steps_need_the_version_that_was_read_and_leave_it(author: User, editor: User, api: ApiFor) -> None:
    post = make_post(author, "draft")
    path = f"{POSTS}/{post.slug}"
    assert api(author).post(f"{path}/submit", {}).status_code == 428
    submit_post(post=post, actor=author)
    seen = api(editor).etag(path)
    update_post(post=post, changes={"body": "Something else."}, editor=author)
    stale = api(editor).post(f"{path}/approve", {}, headers={"If-Match": seen})
    assert (stale.status_code, stale.json()["current_version"]) == (412, post.version + 1)
    assert step(api(editor), post, "approve").json()["version"] == post.version + 1


def test_steps_that_do_not_follow_are_refused(author: User, editor: User, api: ApiFor) -> None:
    post = make_post(author, "draft")
    mine, theirs = api(author), api(editor)
    assert step(theirs, post, "approve").status_code == 422
    assert step(theirs, post, "send-back", note="No.").status_code == 422
    step(mine, post, "submit")
    assert step(mine, post, "submit").status_code == 422
    assert step(mine, post, "approve").status_code == 403
    assert step(theirs, post, "send-back").status_code == 400
    step(theirs, post, "approve")
    assert step(theirs, post, "approve").status_code == 422
    assert step(theirs, post, "send-back", note="On second thoughts.").status_code == 200
    assert step(mine, make_post(author, "draft", title="", body=""), "submit").status_code == 422
    assert step(mine, make_post(author), "submit").status_code == 422


@pytest.mark.parametrize("who", ["author", "co-author", "editor"])
def test_only_an_editors_change_leaves_the_approval(
    who: str, author: User, outsider: User, editor: User, api: ApiFor
) -> None:
    post = make_post(author, "draft")
    add_co_author(post=post, person=outsider, actor=author)
    approved(post, author, editor)
    person = {"author": author, "co-author": outsider, "editor": editor}[who]
    client = api(person)
    assert client.patch(f"{POSTS}/{post.slug}", {"title": post.title}, headers=ANY).status_code == 200
    assert state_of(post) == "approved", "nothing changed"
    assert client.patch(f"{POSTS}/{post.slug}", {"title": "Another"}, headers=ANY).status_code == 200
    assert state_of(post) == ("approved" if who == "editor" else "none")


def test_author_changes_what_is_public_in_a_working_copy_alone(author: User, editor: User, api: ApiFor) -> None:
    update_site(review_required=True)
    post = make_post(author, "published")
    path = f"{POSTS}/{post.slug}"
    client = api(author)
    refused = client.patch(path, {"body": "Unseen."}, headers=ANY)
    assert (refused.status_code, refused.json()["code"]) == (403, "review_required")
    number = client.get(f"{path}/revisions").json()["results"][0]["number"]
    restore = client.post(f"{path}/revisions/{number}/restore", {"to": "post"}, headers=ANY)
    assert (restore.status_code, restore.json()["code"]) == (403, "review_required")
    assert client.patch(path, {"comment_policy": "closed"}, headers=ANY).status_code == 200
    made = client.put(f"{path}/working-copy", {"body": "Seen."}, headers={"If-None-Match": "*"})
    assert made.status_code == 201
    publish = lambda: client.post(f"{path}/working-copy/publish", headers=ANY)  # noqa: E731
    assert publish().json()["code"] == "review_required"
    assert step(client, post, "submit").status_code == 200
    assert step(api(editor), post, "approve").json()["errors"][0]["pointer"] == "/working_copy"
    assert step(api(editor), post, "approve", working_copy=1).status_code == 200
    assert publish().json()["body"] == "Seen."
    assert state_of(post) == "none"


def test_working_copy_that_changed_meanwhile_is_not_approved_unseen(author: User, editor: User, api: ApiFor) -> None:
    post = make_post(author)
    create_working_copy(post=post, changes={"body": "Harmless."}, editor=author)
    submit_post(post=post, actor=author)
    update_working_copy(post=post, changes={"body": "Not at all."}, editor=author, expected={1})
    stale = step(api(editor), post, "approve", working_copy=1)
    assert (stale.status_code, stale.json()["current_version"]) == (412, 2)


def test_approval_of_a_working_copy_ends_with_it(author: User, editor: User, api: ApiFor) -> None:
    post = make_post(author)
    create_working_copy(post=post, changes={"body": "One."}, editor=author)
    approved(post, author, editor)
    update_working_copy(post=post, changes={"body": "Two."}, editor=author, expected={1})
    assert state_of(post) == "none"
    approved(post, author, editor)
    update_working_copy(post=post, changes={"body": "Three."}, editor=editor, expected={2})
    assert state_of(post) == "approved"
    publish_working_copy(post=post, expected={3}, editor=editor)
    assert state_of(post) == "none"
    create_working_copy(post=post, changes={"body": "Four."}, editor=author)
    approved(post, author, editor)
    assert api(author).delete(f"{POSTS}/{post.slug}/working-copy", headers=ANY).status_code == 204
    assert state_of(post) == "none"


def test_approved_post_can_be_scheduled_and_its_review_ends_when_it_appears(
    author: User, editor: User, api: ApiFor
) -> None:
    update_site(review_required=True)
    post = make_post(author, "draft")
    approved(post, author, editor)
    when = {"published_at": (timezone.now() + timedelta(hours=1)).isoformat()}
    assert api(author).post(f"{POSTS}/{post.slug}/schedule", when, headers=ANY).status_code == 200
    assert state_of(post) == "approved"
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        settle_due_posts()
    assert state_of(post) == "none"


def test_bulk_publishing_asks_for_the_approval_too(author: User, editor: User, api: ApiFor) -> None:
    update_site(review_required=True)
    posts = [make_post(author, "draft") for _ in range(2)]
    approved(posts[1], author, editor)
    body = {"action": "publish", "posts": [{"slug": post.slug, "version": post.version} for post in posts]}
    results = api(author).post("/api/v1/post-actions", body).json()["results"]
    assert [row["done"] for row in results] == [False, True]
    assert results[0]["problem"]["code"] == "review_required"


# -- What waits ----------------------------------------------------------------------------------------------------


def test_editors_list_what_waits_and_authors_their_own(author: User, outsider: User, editor: User, api: ApiFor) -> None:
    for number, owner in enumerate((author, outsider, author, author)):
        post = make_post(owner, "draft", title=f"Post {number}")
        if number < 3:
            submit_post(post=post, actor=owner)
        if number == 2:
            trash_post(post=post)
    find = lambda user: [row["slug"] for row in api(user).get(POSTS, {"review": "submitted"}).json()["results"]]  # noqa: E731
    assert find(editor) == ["post-1", "post-0"]
    assert find(author) == ["post-0"]
    assert api().get(POSTS, {"review": "submitted"}).status_code == 401
    with CaptureQueriesContext(connection) as captured:
        find(editor)
    assert '"posts_post"."review_state" = \'submitted\'' in captured[-1]["sql"]


def test_scheduled_by_an_editor_needs_no_review(author: User, editor: User, api: ApiFor) -> None:
    update_site(review_required=True)
    post = make_post(author, "draft")
    schedule_post(post=post, published_at=timezone.now() + timedelta(days=1))
    assert step(api(author), post, "unpublish").status_code == 200
    assert step(api(editor), post, "publish").status_code == 200
