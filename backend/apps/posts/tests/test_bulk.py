"""One action on many posts, over HTTP."""

from typing import Any

import pytest

from apps.accounts.models import User
from apps.posts import services
from apps.posts.models import Post
from apps.posts.tests.factories import STATES, make_post
from conftest import ApiFor

pytestmark = pytest.mark.django_db
ACTIONS = "/api/v1/post-actions"


def test_many_posts_at_once_each_by_itself(author: User, outsider: User, api: ApiFor) -> None:
    draft, out, stale = make_post(author, "draft"), make_post(author), make_post(author, "draft")
    others, untitled = make_post(outsider), make_post(author, "draft", title="")
    services.update_post(post=stale, changes={"excerpt": "New."})
    wanted = [draft, out, stale, others, untitled]
    seen = [{"slug": post.slug, "version": post.version} for post in wanted] + [{"slug": "nowhere", "version": 1}]
    answer = api(author).post(ACTIONS, {"action": "publish", "posts": seen})
    results = answer.json()["results"]
    assert [row["slug"] for row in results] == [row["slug"] for row in seen]
    assert results[0] == {"slug": draft.slug, "done": True, "version": 2}
    codes = [row["problem"]["code"] for row in results[1:]]
    assert codes == ["invalid_state", "version_conflict", "permission_denied", "invalid", "not_found"]
    assert results[2]["problem"]["current_version"] == 2
    published = Post.objects.filter(status="published").values_list("pk", flat=True)
    assert set(published) == {draft.pk, out.pk, others.pk}


def test_many_posts_go_to_the_trash_and_back_and_away(author: User, api: ApiFor) -> None:
    client = api(author)
    rows = [{"slug": post.slug, "version": post.version} for post in (make_post(author, s) for s in STATES)]

    def act(action: str) -> list[dict[str, Any]]:
        results: list[dict[str, Any]] = client.post(ACTIONS, {"action": action, "posts": rows}).json()["results"]
        for row, result in zip(rows, results, strict=True):
            row["version"] = result.get("version", row["version"])
        return results

    before = list(Post.objects.order_by("id").values_list("status", flat=True))
    assert {row["problem"]["code"] for row in act("delete")} == {"invalid_state"}  # only what is in the trash
    assert all(row["done"] for row in act("trash"))
    assert all(row["done"] for row in act("restore"))
    settled = ["published" if status == "scheduled" and n == 2 else status for n, status in enumerate(before)]
    assert list(Post.objects.order_by("id").values_list("status", flat=True)) == settled
    act("trash")
    assert all(row == {"slug": row["slug"], "done": True} for row in act("delete"))
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        {"action": "publish", "posts": []},
        {"action": "publish", "posts": [{"slug": "a", "version": 1}] * 101},
        {"action": "burn", "posts": [{"slug": "a", "version": 1}]},
        {"action": "publish", "posts": [{"slug": "a"}]},
        {"action": "publish"},
    ],
)
def test_malformed_bulk_action_is_a_400(body: dict[str, Any], author: User, api: ApiFor) -> None:
    assert api(author).post(ACTIONS, body).status_code == 400


def test_old_slug_names_the_post_in_a_bulk_action_too(author: User, api: ApiFor) -> None:
    post = services.update_post(post=make_post(author, title="Salt"), changes={"slug": "sea-salt"})
    seen = [{"slug": "salt", "version": post.version}]
    assert api(author).post(ACTIONS, {"action": "archive", "posts": seen}).json()["results"][0]["done"]
