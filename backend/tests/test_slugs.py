"""A thousand random renames over HTTP: every slug that was ever used leads to its post's present one in one hop."""

import random
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.test.utils import override_settings

from apps.accounts.models import User
from apps.posts.models import PostSlug
from apps.posts.tests.factories import make_post
from conftest import ApiClient, ApiFor

pytestmark = pytest.mark.django_db

POSTS = "/api/v1/posts"
SEED = 20_260_314
RENAMES = 1000
WORDS = ("salt", "sea", "map", "road", "ink", "λέξη", "道", "ёлка", "2026")


@pytest.fixture(autouse=True)
def _unlimited() -> Iterator[None]:
    """The test sends more requests in a minute than anybody may."""
    with override_settings(RATE_LIMITS_ENABLED=False):
        yield


def address(slug: str) -> str:
    return f"{POSTS}/{quote(slug)}"


def rename(client: ApiClient, slug: str, wanted: str) -> int:
    """The status of the answer to a rename of the post that is at `slug` now."""
    response = client.patch(address(slug), {"slug": wanted}, headers={"If-Match": "*"})
    return int(response.status_code)


def test_every_slug_ever_used_resolves_in_one_hop(author: User, api: ApiFor) -> None:
    chance, client, public = random.Random(SEED), api(author), api()
    states = ("published", "published", "published", "due", "draft", "archived", "trashed")
    posts = [make_post(author, state, title=f"Post {number}") for number, state in enumerate(states * 3)]
    present = {post.pk: post.slug for post in posts}
    owners = {post.slug: post.pk for post in posts}
    movable = [post.pk for post in posts if post.status != "trashed"]
    done = refused = 0
    while done < RENAMES:
        mover = chance.choice(movable)
        # Often a slug that is or was in use, by the same post or by another one; else a new one.
        used = chance.random() < 0.4
        wanted = chance.choice(sorted(owners)) if used else f"{chance.choice(WORDS)}-{chance.randrange(10_000)}"
        status = rename(client, present[mover], wanted)
        if owners.setdefault(wanted, mover) != mover:
            assert status == 422, wanted  # another post has or had it, whatever became of that post
            refused += 1
            continue
        assert status == 200, wanted
        present[mover], done = wanted, done + 1

    assert refused > 100
    assert set(PostSlug.objects.values_list("slug", "post_id")) == set(owners.items())
    readable = {post.pk for post in posts if post.status in {"published", "scheduled"}}
    for slug, pk in owners.items():
        answer = client.get(address(slug))
        if slug == present[pk]:
            assert (answer.status_code, answer.json()["id"]) == (200, pk)
        else:
            assert (answer.status_code, answer.headers["Location"]) == (308, address(present[pk]))
        seen = public.get(address(slug))
        assert seen.status_code == (404 if pk not in readable else answer.status_code), slug
    # The one hop ends: what an old slug leads to is no old slug.
    assert all(client.get(address(slug)).json()["id"] == pk for pk, slug in present.items())


def test_new_posts_never_get_a_slug_that_was_used(author: User, api: ApiFor) -> None:
    client = api(author)
    first = client.post(POSTS, {"title": "Salt"}).json()
    assert rename(client, first["slug"], "brine") == 200
    assert client.post(POSTS, {"title": "Salt"}).json()["slug"] == "salt-2"
    assert client.post(POSTS, {"title": "X", "slug": "salt"}).status_code == 422
    assert client.get(address("salt")).headers["Location"] == address("brine")
