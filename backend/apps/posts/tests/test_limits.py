"""What somebody who may write cannot do all the same: get past a review, fill the database, read on after leaving."""

import time
from typing import Any

import pytest

from apps.accounts.models import User
from apps.common.markup import render
from apps.common.markup.anatomy import dissect
from apps.common.markup.rendering import render_preview
from apps.media.models import Image
from apps.media.usage import in_use
from apps.posts.errors import ReviewRequired
from apps.posts.models import Post
from apps.posts.services import co_authors, history, publish_post, reviews, schedule_post, update_post, working_copies
from apps.posts.services.previews import make_preview_link
from apps.posts.tests.factories import make_post
from apps.site.services import update_site
from conftest import ApiFor

pytestmark = pytest.mark.django_db


def test_an_approval_that_ended_while_publishing_is_noticed_under_the_lock(author: User, editor: User) -> None:
    update_site(review_required=True)
    post = make_post(author, "draft", title="Ink")
    reviews.submit_post(post=post, actor=author)
    seen = reviews.approve_post(post=post, actor=editor)
    update_post(post=post, changes={"body": "Nobody has read this."}, editor=author)

    assert seen.review_state == Post.ReviewState.APPROVED
    with pytest.raises(ReviewRequired):
        publish_post(post=seen, actor=author)
    with pytest.raises(ReviewRequired):
        schedule_post(post=seen, actor=author, published_at=seen.created_at.replace(year=2126))
    assert publish_post(post=seen, actor=editor).is_live


def test_a_change_judged_while_the_post_was_a_draft_does_not_land_on_a_public_one(author: User, editor: User) -> None:
    update_site(review_required=True)
    seen = make_post(author, "draft", title="Ink")
    publish_post(post=seen, actor=editor)

    with pytest.raises(ReviewRequired):
        update_post(post=seen, changes={"body": "Unread."}, editor=author, is_direct=True)
    update_post(post=seen, changes={"comment_policy": "closed"}, editor=author, is_direct=True)


def test_who_may_no_longer_edit_the_post_reads_nothing_by_an_old_link(
    api: ApiFor, author: User, outsider: User
) -> None:
    post = make_post(author, "draft", title="Ink")
    co_authors.add_co_author(post=post, person=outsider, actor=author)
    _, url = make_preview_link(post=post, author=outsider, name="", days=7)
    body = {"secret": url.partition("#")[2]}
    assert api().post("/api/v1/previews", body).status_code == 200

    co_authors.remove_co_author(post=post, person=outsider)

    assert api().post("/api/v1/previews", body).status_code == 404


def test_versions_that_stay_for_good_have_an_end(api: ApiFor, author: User, monkeypatch: Any) -> None:
    monkeypatch.setattr(working_copies, "MAX_KEPT", 2)
    monkeypatch.setattr(history, "MAX_NAMED", 1)
    post = make_post(author, "draft", title="Ink")
    path = f"/api/v1/posts/{post.slug}/revisions"
    client = api(author)

    assert [client.post(path, {"body": f"{n}"}).status_code for n in range(3)] == [201, 201, 422]
    assert [client.post(path, {"name": f"{n}"}).status_code for n in range(2)] == [201, 422]


def test_editors_are_not_flooded_with_submissions(api: ApiFor, author: User, settings: Any) -> None:
    settings.RATE_LIMITS_ENABLED = True
    posts = [make_post(author, "draft", title=f"Ink {n}") for n in range(reviews.SUBMISSIONS_AN_HOUR + 1)]
    client = api(author)

    answers = [client.post(f"/api/v1/posts/{post.slug}/submit", {}, headers={"If-Match": "*"}) for post in posts]

    assert [answer.status_code for answer in answers] == [200] * reviews.SUBMISSIONS_AN_HOUR + [429]
    assert int(answers[-1].headers["Retry-After"]) > 3000


def test_nobody_keeps_others_from_deleting_a_picture_by_a_profile(author: User, reader: User) -> None:
    image = Image.objects.create(owner=author, purpose="picture", folder="images/0123456789abcdef01234567")
    User.objects.filter(pk=reader.pk).update(avatar_url=f"/media/{image.folder}/image.jpg")

    assert in_use([image], kept=False) == set()
    assert in_use([image], kept=True) == {image.pk}


def test_who_may_not_choose_co_authors_learns_no_names(api: ApiFor, author: User, reader: User) -> None:
    post = make_post(author, "published", title="Ink")
    path = f"/api/v1/posts/{post.slug}/co-authors"

    answers = [api(reader).delete(f"{path}/{name}") for name in (author.username, "nobody_of_this_name")]

    assert [answer.status_code for answer in answers] == [403, 403]


@pytest.mark.parametrize("text", ["![](" * 125_000, '![](x ""' * 60_000, ' ""' * 160_000])
def test_images_that_never_end_take_no_time(text: str) -> None:
    started = time.process_time()
    render(text, "markdown")
    assert time.process_time() - started < 20


def test_a_forged_line_number_is_none() -> None:
    html = render_preview('<p data-line="' + "9" * 5000 + '">x</p>', "html")
    assert "data-line" not in html
    dissect(html)
