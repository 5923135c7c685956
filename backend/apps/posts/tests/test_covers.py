"""The picture at the top of a post, as answers tell of it."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings

from apps.accounts.models import User
from apps.common import outbox
from apps.media.models import Image
from apps.media.services import IMAGE_READY
from apps.media.tests.pictures import make_image
from apps.posts.models import Post
from apps.posts.services import update_post
from apps.posts.services.importing import PostOrigin, import_post
from apps.posts.tests.factories import make_post
from conftest import ApiFor

pytestmark = pytest.mark.django_db

POSTS = "/api/v1/posts"
RENDITIONS = [["640.avif", "image/avif", 640, 427], ["640.webp", "image/webp", 640, 427]]
TINY = "data:image/webp;base64,UklGRg=="
UNKNOWN: dict[str, Any] = {"width": None, "height": None, "placeholder": "", "renditions": []}


def ready(owner: User, **values: Any) -> Image:
    return make_image(owner, **{"renditions": RENDITIONS, "placeholder": TINY, **values})


def address(image: Image) -> str:
    return image.url(image.shown)


def told(image: Image, alt: str = "A pier") -> dict[str, Any]:
    at = f"/media/{image.folder}"
    return {
        "url": address(image),
        "alt": alt,
        "width": 1200,
        "height": 800,
        "placeholder": TINY,
        "renditions": [
            {"url": f"{at}/640.avif", "type": "image/avif", "width": 640, "height": 427},
            {"url": f"{at}/640.webp", "type": "image/webp", "width": 640, "height": 427},
        ],
    }


def cover_in(api: ApiFor, post: Post, user: User | None = None) -> Any:
    return api(user).get(f"{POSTS}/{post.slug}").json()["cover"]


def test_list_and_detail_tell_the_sizes_of_a_cover_of_ours(api: ApiFor, author: User) -> None:
    image = ready(author)
    post = make_post(author, cover_url=address(image), cover_alt="A pier")
    (row,) = api().get(POSTS).json()["results"]
    assert row["cover"] == told(image)
    assert cover_in(api, post) == told(image)


@pytest.mark.parametrize("rows", [1, 5])
def test_covers_cost_no_further_query(rows: int, author: User, api: ApiFor, django_assert_num_queries: Any) -> None:
    for number in range(rows):
        make_post(author, title=f"Post {number}", cover_url=address(ready(author)))
    client = api()
    with django_assert_num_queries(1):
        results = client.get(POSTS).json()["results"]
    assert [len(row["cover"]["renditions"]) for row in results] == [2] * rows


def test_cover_from_elsewhere_has_its_address_alone(api: ApiFor, author: User, django_assert_num_queries: Any) -> None:
    for url in ("https://elsewhere.example/a.jpg", "/media/demo/a.webp", f"/media/images/{'0' * 24}/image.jpg"):
        post = make_post(author, cover_url=url, cover_alt="A")
        assert cover_in(api, post) == {"url": url, "alt": "A", **UNKNOWN}
    same_folder = f"https://elsewhere.example{address(ready(author))}"
    assert cover_in(api, make_post(author, cover_url=same_folder)) == {"url": same_folder, "alt": "", **UNKNOWN}


def test_cover_with_the_whole_address_of_this_site_is_ours(api: ApiFor, author: User) -> None:
    image = ready(author)
    whole = f"{settings.PUBLIC_URL}{address(image)}"
    cover = cover_in(api, make_post(author, cover_url=whole, cover_alt="A pier"))
    assert cover == {**told(image), "url": whole}


def test_avatars_and_deleted_pictures_are_no_covers_of_ours(api: ApiFor, author: User) -> None:
    avatar = ready(author, purpose="avatar")
    assert cover_in(api, make_post(author, cover_url=address(avatar)))["renditions"] == []

    image = ready(author)
    post = make_post(author, cover_url=address(image))
    Image.objects.filter(pk=image.pk).update(retired_at=post.created_at)
    assert cover_in(api, post) == {"url": address(image), "alt": "", **UNKNOWN}
    Image.objects.filter(pk=image.pk).delete()
    assert cover_in(api, post) == {"url": address(image), "alt": "", **UNKNOWN}


def test_cover_is_replaced_and_taken_away(api: ApiFor, author: User) -> None:
    one, two = ready(author), ready(author)
    post = make_post(author, cover_url=address(one), cover_alt="A pier")
    update_post(post=post, changes={"cover_url": address(two), "cover_alt": "A pier"}, editor=author)
    assert cover_in(api, post) == told(two)
    update_post(post=post, changes={"cover_url": "https://elsewhere.example/a.jpg", "cover_alt": ""}, editor=author)
    assert cover_in(api, post)["renditions"] == []
    update_post(post=post, changes={"cover_url": "", "cover_alt": ""}, editor=author)
    assert cover_in(api, post) is None


def test_renditions_are_told_once_they_are_there(api: ApiFor, author: User) -> None:
    image = ready(author, state="processing", renditions=[])
    post = make_post(author, cover_url=address(image), cover_alt="A pier")
    assert cover_in(api, post) == {**told(image), "renditions": []}

    Image.objects.filter(pk=image.pk).update(state="ready", renditions=RENDITIONS)
    outbox.record(IMAGE_READY, {"image_id": image.pk})
    outbox.drain()
    assert cover_in(api, post) == told(image)


def test_nothing_is_told_of_a_damaged_picture(api: ApiFor, author: User) -> None:
    image = ready(author, state="failed", renditions=[])
    post = make_post(author, cover_url=address(image))
    assert cover_in(api, post) == {"url": address(image), "alt": "", **UNKNOWN}


def test_cover_may_be_sent_back_as_it_was_read(api: ApiFor, author: User) -> None:
    image = ready(author)
    post = make_post(author, cover_url=address(image), cover_alt="A pier")
    client = api(author)
    cover = {**cover_in(api, post, author), "alt": "A longer pier", "width": 1, "renditions": []}
    answer = client.patch(f"{POSTS}/{post.slug}", {"cover": cover}, headers={"If-Match": f'"{post.version}"'})
    assert answer.status_code == 200, answer.content
    assert answer.json()["cover"] == told(image, "A longer pier")

    answer = client.patch(
        f"{POSTS}/{post.slug}", {"cover": {**cover, "colour": "red"}}, headers={"If-Match": f'"{post.version + 1}"'}
    )
    assert answer.status_code == 400


def test_imported_post_knows_a_cover_of_ours(api: ApiFor, author: User) -> None:
    image = ready(author)
    post = import_post(
        author=author,
        changes={"title": "Old", "cover_url": address(image), "cover_alt": "A pier"},
        tags=[],
        origin=PostOrigin(
            import_key="old:1", status="published", created_at=image.created_at, published_at=image.created_at
        ),
    )
    assert cover_in(api, post) == told(image)


def test_covers_from_before_are_found(author: User) -> None:
    image = ready(author)
    ours = make_post(author, cover_url=address(image))
    foreign = make_post(author, cover_url=f"https://elsewhere.example{address(image)}")
    Post.objects.update(cover_image=None)
    import_module("apps.posts.migrations.0008_fill_cover_image").fill_cover_image(apps, None)
    assert dict(Post.objects.values_list("pk", "cover_image")) == {ours.pk: image.pk, foreign.pk: None}
