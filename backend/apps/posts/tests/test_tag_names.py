"""Posts repeat their tags' names, so that answers need no further query. What is repeated is never wrong."""

import pytest

from apps.accounts.models import User
from apps.posts import services
from apps.posts.models import Post
from apps.posts.querysets import load_tags
from apps.tags.models import Tag
from conftest import ApiFor

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(author: User) -> Post:
    post = services.create_post(author=author, changes={"title": "Ink", "tags": ["Pens", "Paper"]})
    return services.publish_post(post=post)


def shown(api: ApiFor, post: Post) -> list[str]:
    return [tag["name"] for tag in api().get(f"/api/v1/posts/{post.slug}").json()["tags"]]


def test_tags_come_in_the_order_in_which_they_were_given(api: ApiFor, post: Post) -> None:
    assert shown(api, post) == ["Pens", "Paper"]
    post = services.update_post(post=post, changes={"tags": ["Paper", "Ink"]})
    assert shown(api, post) == ["Paper", "Ink"]
    services.update_post(post=post, changes={"tags": []})
    assert shown(api, post) == []


def test_a_renamed_tag_shows_at_once_and_is_repeated_again_by_the_job(api: ApiFor, post: Post) -> None:
    tag = Tag.objects.get(slug="pens")
    tag.name = "Fountain pens"
    tag.save()
    assert Post.objects.get(pk=post.pk).tag_names is None
    assert shown(api, post) == ["Fountain pens", "Paper"]

    assert services.refill_tag_names() == 1
    assert Post.objects.get(pk=post.pk).tag_names == [["pens", "Fountain pens"], ["paper", "Paper"]]
    assert services.refill_tag_names() == 0


def test_lists_read_missing_names_with_one_query(post: Post, author: User, django_assert_num_queries: object) -> None:
    for number in range(3):
        services.create_post(author=author, changes={"title": f"More {number}", "tags": ["Pens"]})
    Post.objects.update(tag_names=None)
    posts = list(Post.objects.all())
    with django_assert_num_queries(1):  # type: ignore[operator]
        load_tags(posts)
    assert {len(each.shown_tags) for each in posts} == {1, 2}
