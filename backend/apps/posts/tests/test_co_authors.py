"""People who write a post together: who may choose them, what they get, and what lists cost."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.accounts.relations import block
from apps.accounts.tests.factories import UserFactory
from apps.posts.models import CoAuthor, Post
from apps.posts.services import due_counts, publish_post, recount, trash_post, unpublish_post
from apps.posts.services.co_authors import MAX_CO_AUTHORS, add_co_author, leave_all_posts
from apps.posts.tests.factories import make_post
from conftest import ApiFor

pytestmark = pytest.mark.django_db
POSTS = "/api/v1/posts"


def path_of(post: Post, person: User) -> str:
    return f"{POSTS}/{post.slug}/co-authors/{person.username}"


def slugs(response: Any) -> list[str]:
    assert response.status_code == 200, response.content
    return [row["slug"] for row in response.json()["results"]]


def test_co_authors_are_named_in_the_order_they_came(author: User, outsider: User, editor: User, api: ApiFor) -> None:
    post = make_post(author)
    for person in (outsider, editor):
        assert api(author).put(path_of(post, person)).status_code == 204
    answer = api().get(f"{POSTS}/{post.slug}").json()
    assert answer["author"]["username"] == "author"
    assert [person["username"] for person in answer["co_authors"]] == ["outsider", "editor"]
    assert set(answer["co_authors"][0]) == {"username", "display_name", "avatar_url"}
    assert answer["version"] == post.version


def test_adding_and_removing_twice_is_doing_it_once(author: User, outsider: User, api: ApiFor) -> None:
    post = make_post(author)
    for method, number in (("put", 1), ("put", 1), ("delete", 0), ("delete", 0)):
        assert getattr(api(author), method)(path_of(post, outsider)).status_code == 204
        assert Post.objects.get(pk=post.pk).co_author_count == number == CoAuthor.objects.count()


def test_co_author_edits_publishes_and_sees_the_draft_but_no_more(author: User, outsider: User, api: ApiFor) -> None:
    post = make_post(author, "draft")
    path = f"{POSTS}/{post.slug}"
    assert api(outsider).get(path).status_code == 404
    add_co_author(post=post, person=outsider, actor=author)
    client = api(outsider)
    seen = client.get(path, {"include": "permissions"})
    asked = ("edit", "publish", "delete", "co_authors", "review")
    assert [seen.json()["permissions"][name] for name in asked] == [True, True, False, False, False]
    assert client.patch(path, {"title": "Ours"}, headers={"If-Match": "*"}).status_code == 200
    assert client.delete(path, headers={"If-Match": "*"}).status_code == 403
    assert client.put(path_of(post, UserFactory.create(roles=["author"]))).status_code == 403
    assert client.post(f"{path}/publish", headers={"If-Match": "*"}).status_code == 200


def test_co_author_who_is_no_author_any_more_reads_but_does_not_write(
    author: User, outsider: User, api: ApiFor
) -> None:
    post = make_post(author, "draft")
    add_co_author(post=post, person=outsider, actor=author)
    outsider.groups.clear()
    client = api(User.objects.get(pk=outsider.pk))
    assert client.get(f"{POSTS}/{post.slug}").status_code == 200
    response = client.patch(f"{POSTS}/{post.slug}", {"title": "Mine"}, headers={"If-Match": "*"})
    assert response.status_code == 403


def test_co_author_can_leave(author: User, outsider: User, api: ApiFor) -> None:
    post = make_post(author, "draft")
    add_co_author(post=post, person=outsider, actor=author)
    assert api(outsider).delete(path_of(post, outsider)).status_code == 204
    assert api(outsider).get(f"{POSTS}/{post.slug}").status_code == 404


@pytest.mark.parametrize("direction", ["they blocked the author", "the author blocked them", "they blocked the editor"])
def test_nobody_is_added_across_a_block(
    direction: str, author: User, outsider: User, editor: User, api: ApiFor
) -> None:
    post = make_post(author)
    pairs = {
        "they blocked the author": (outsider, author),
        "the author blocked them": (author, outsider),
        "they blocked the editor": (outsider, editor),
    }
    blocker, blocked = pairs[direction]
    block(blocker=blocker, blocked=blocked)
    caller = editor if "editor" in direction else author
    response = api(caller).put(path_of(post, outsider))
    assert (response.status_code, response.json()["code"]) == (403, "cannot_write_together")
    assert "block" not in response.content.decode()
    assert not CoAuthor.objects.exists()


def test_who_cannot_be_added(author: User, reader: User, deactivated: User, api: ApiFor) -> None:
    post = make_post(author)
    client = api(author)
    answers = {
        "reader": (422, "not_an_author"),
        "author": (422, "invalid_state"),
        "deactivated": (404, "not_found"),
        "nobody": (404, "not_found"),
        "a%20b": (404, "not_found"),
    }
    for name, (status, code) in answers.items():
        response = client.put(f"{POSTS}/{post.slug}/co-authors/{name}")
        assert (response.status_code, response.json()["code"]) == (status, code), name


def test_there_is_room_for_ten(author: User, api: ApiFor) -> None:
    post = make_post(author)
    people = [UserFactory.create(username=f"writer-{number}", roles=["author"]) for number in range(MAX_CO_AUTHORS + 1)]
    answers = [api(author).put(path_of(post, person)).status_code for person in people]
    assert answers == [204] * MAX_CO_AUTHORS + [422]


# -- Lists ---------------------------------------------------------------------------------------------------------


def test_lists_of_ones_own_posts_hold_shared_ones_in_their_place(author: User, outsider: User, api: ApiFor) -> None:
    for number in range(6):
        owner, other = (outsider, author) if number % 2 else (author, outsider)
        post = make_post(owner, "draft", title=f"Post {number}")
        if number in {1, 3, 4}:
            add_co_author(post=post, person=other, actor=owner)
    client = api(author)
    wanted = ["post-4", "post-3", "post-2", "post-1", "post-0"]
    for query in ({"mine": "true"}, {"status": "draft"}):
        assert slugs(client.get(POSTS, query)) == wanted
        assert slugs(client.get(POSTS, {**query, "order": "oldest"})) == wanted[::-1]
        first = client.get(POSTS, {**query, "limit": "2"})
        second = client.get(first.json()["next"])
        assert [*slugs(first), *slugs(second), *slugs(client.get(second.json()["next"]))] == wanted
        assert slugs(client.get(second.json()["previous"])) == slugs(first)
    assert slugs(client.get(POSTS, {"mine": "true", "q": "post 3"})) == ["post-3"]
    assert slugs(api(outsider).get(POSTS, {"mine": "true"})) == ["post-5", "post-4", "post-3", "post-1"]


def test_author_page_lists_what_they_wrote_with_others(author: User, outsider: User, api: ApiFor) -> None:
    make_post(author, title="Alone", tags=["maps"])
    add_co_author(post=make_post(author, title="Together", tags=["maps"]), person=outsider, actor=author)
    add_co_author(post=make_post(author, "draft", title="Not yet"), person=outsider, actor=author)
    assert slugs(api().get(POSTS, {"author": "OUTSIDER"})) == ["together"]
    assert slugs(api().get(POSTS, {"author": "outsider", "tag": "maps"})) == ["together"]
    assert slugs(api().get(POSTS, {"author": "author"})) == ["together", "alone"]
    assert api().get("/api/v1/users/outsider").json()["post_count"] == 1


@pytest.mark.parametrize("query", [{}, {"author": "author"}, {"mine": "true"}])
def test_co_authors_of_a_page_cost_one_query_and_none_where_there_are_none(
    query: dict[str, str], author: User, outsider: User, editor: User, api: ApiFor
) -> None:
    posts = [make_post(author) for _ in range(5)]
    client = api(author)
    client.get("/api/v1/site")
    counts = []
    for number in (0, 1, 5):
        for post in posts[:number]:
            for person in (outsider, editor):
                add_co_author(post=post, person=person, actor=author)
        with CaptureQueriesContext(connection) as captured:
            rows = client.get(POSTS, {**query, "include": "permissions"}).json()["results"]
        assert sum(len(row["co_authors"]) for row in rows) == 2 * number
        counts.append(len(captured))
    assert counts == [counts[0], counts[0] + 1, counts[0] + 1]


def test_one_post_costs_a_query_more_only_with_co_authors(
    author: User, outsider: User, api: ApiFor, django_assert_num_queries: Any
) -> None:
    post = make_post(author)
    client = api()
    with django_assert_num_queries(1):
        client.get(f"{POSTS}/{post.slug}")
    add_co_author(post=post, person=outsider, actor=author)
    with django_assert_num_queries(2):
        client.get(f"{POSTS}/{post.slug}")


# -- Counters ------------------------------------------------------------------------------------------------------


def post_counts(*people: User) -> list[int]:
    return [User.objects.get(pk=person.pk).post_count for person in people]


def test_posts_of_a_co_author_are_counted(author: User, outsider: User) -> None:
    post = make_post(author, "draft")
    add_co_author(post=post, person=outsider, actor=author)
    assert post_counts(author, outsider) == [0, 0]
    publish_post(post=post)
    assert post_counts(author, outsider) == [1, 1]
    recount()
    assert post_counts(author, outsider) == [1, 1]
    unpublish_post(post=post)
    assert post_counts(author, outsider) == [0, 0]
    publish_post(post=post)
    leave_all_posts(outsider)
    assert post_counts(author, outsider) == [1, 0]
    add_co_author(post=post, person=outsider, actor=author)
    trash_post(post=post)
    assert post_counts(author, outsider) == [0, 0]


def test_due_posts_count_for_co_authors_too(author: User, outsider: User, api: ApiFor) -> None:
    post = make_post(author, "due")
    add_co_author(post=post, person=outsider, actor=author)
    make_post(author, "due")
    assert due_counts()["author", outsider.pk] == 1
    assert due_counts()["author", author.pk] == 2
    for name, number in (("outsider", 1), ("author", 2)):
        assert api().get(f"/api/v1/users/{name}").json()["post_count"] == number
