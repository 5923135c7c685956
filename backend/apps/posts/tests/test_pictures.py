"""Images in posts: how they are rendered, that they are kept as long as something shows them, and no longer."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from apps.accounts.models import User
from apps.common import outbox
from apps.common.markup import render
from apps.media import tasks
from apps.media.models import Image
from apps.media.rendering import with_pictures, without_pictures
from apps.media.services import IMAGE_READY
from apps.media.tests.pictures import make_image
from apps.pages.models import Page
from apps.pages.services import save_page
from apps.posts.models import Post, PostImage
from apps.posts.services import create_post, delete_post, update_post
from apps.posts.services.pictures import forget_image_links
from apps.posts.services.working_copies import create_working_copy, discard_working_copy
from apps.posts.tests.factories import make_post
from conftest import ApiFor

pytestmark = pytest.mark.django_db

RENDITIONS = [
    ["640.avif", "image/avif", 640, 427],
    ["640.webp", "image/webp", 640, 427],
    ["1200.avif", "image/avif", 1200, 800],
    ["1200.webp", "image/webp", 1200, 800],
]
TINY = "data:image/webp;base64,UklGRg=="


def ready(owner: User, **values: Any) -> Image:
    return make_image(owner, renditions=RENDITIONS, placeholder=TINY, **values)


def shown(image: Image, alt: str = "A pier") -> str:
    return f"![{alt}]({image.url(image.shown)})"


def test_image_of_ours_becomes_a_picture(author: User, django_assert_num_queries: Any) -> None:
    one, two = ready(author), ready(author)
    first = shown(one, 'A "pier"')
    html = render(f"{first}\n\n{shown(two)}\n\n![](https://elsewhere.example/a.jpg)", "markdown")
    with django_assert_num_queries(1):
        enriched = with_pictures(html)

    at = f"/media/{one.folder}"
    sizes = "(min-width: 43rem) 40rem, 100vw"
    assert (
        f'<picture><source type="image/avif" srcset="{at}/640.avif 640w, {at}/1200.avif 1200w" sizes="{sizes}">'
        f'<source type="image/webp" srcset="{at}/640.webp 640w, {at}/1200.webp 1200w" sizes="{sizes}">'
        f'<img src="{at}/image.jpg" alt="A &quot;pier&quot;" width="1200" height="800"'
        f' data-placeholder="{TINY}" decoding="async" loading="lazy"></picture>'
    ) in enriched
    assert enriched.count("<picture>") == 2
    assert '<p><img src="https://elsewhere.example/a.jpg" alt="" ' in enriched


def test_text_without_images_of_ours_costs_no_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert with_pictures('<p>Plain <img src="/a.jpg"></p>') == '<p>Plain <img src="/a.jpg"></p>'


def test_image_whose_renditions_are_yet_to_come_has_its_dimensions(author: User) -> None:
    image = make_image(author, state="processing", placeholder=TINY)
    html = with_pictures(render(shown(image), "markdown"))
    assert "<picture>" not in html
    assert f'width="1200" height="800" data-placeholder="{TINY}"' in html


def test_imported_html_keeps_what_its_author_wrote(author: User) -> None:
    image = ready(author)
    url = image.url(image.shown)
    source = (
        f'<figure class="alignleft"><img class="alignleft" src="{url}" width="300" title="&lt;img src=&quot;x&quot;>">'
        f'</figure><picture><source srcset="/a.webp"><img src="{url}"></picture><img src="{url}" srcset="/b.jpg 2x">'
        f'<a href="/x" title="<img src=\'{url}\'>">link</a>'
    )
    html = with_pictures(render(source, "html"))
    assert html.count("<picture>") == 2
    assert 'width="300"' in html
    assert html.count('height="800"') == 1
    assert 'class="alignleft"' in html
    assert html.count("<a ") == html.count("</a>") == 1
    assert without_pictures(html).count("<picture>") == 0


def test_what_an_author_writes_by_hand_sets_no_placeholder(author: User) -> None:
    image = make_image(author)
    html = with_pictures(render(f'<img src="{image.url("image.jpg")}" data-placeholder="https://x.example">', "html"))
    assert "x.example" not in html


def test_feeds_get_plain_images(author: User) -> None:
    image = ready(author)
    plain = without_pictures(with_pictures(render(shown(image), "markdown")))
    assert plain == (
        f'<p><img src="{image.url(image.shown)}" alt="A pier" width="1200" height="800"'
        f' decoding="async" loading="lazy"></p>\n'
    )


def test_preview_shows_what_readers_get(api: ApiFor, author: User) -> None:
    image = ready(author)
    answer = api(author).post("/api/v1/markdown/preview", {"body": shown(image), "purpose": "post"})
    assert "<picture>" in answer.json()["body_html"], answer.content


def test_posts_and_pages_are_rendered_anew_once_an_image_is_ready(author: User) -> None:
    image = make_image(author, state="processing")
    post = make_post(author, body=shown(image))
    page = save_page(title="About", body=shown(image))
    assert "<picture>" not in post.body_html
    Image.objects.filter(pk=image.pk).update(state="ready", renditions=RENDITIONS)

    outbox.record(IMAGE_READY, {"image_id": image.pk})
    outbox.drain()

    after = Post.objects.get(pk=post.pk)
    assert "<picture>" in after.body_html
    assert (after.version, after.updated_at) == (post.version, post.updated_at)
    fresh = Page.objects.get(pk=page.pk)
    assert "<picture>" in fresh.body_html
    assert fresh.version == page.version


def test_covers_bodies_and_working_copies_are_noted(author: User) -> None:
    body, cover, later = ready(author), ready(author), ready(author)
    post = make_post(author, body=shown(body), cover_url=cover.url(cover.shown))
    assert set(PostImage.objects.values_list("image", flat=True)) == {body.pk, cover.pk}
    create_working_copy(post=post, changes={"body": shown(later)}, editor=author)
    assert PostImage.objects.filter(post=post).count() == 3


def test_image_in_use_is_not_deleted(api: ApiFor, author: User) -> None:
    body, cover, later, page = ready(author), ready(author), ready(author), ready(author)
    post = make_post(author, body=shown(body), cover_url=cover.url(cover.shown))
    create_working_copy(post=post, changes={"body": shown(later)}, editor=author)
    save_page(title="About", body=shown(page))
    client = api(author)
    for image in (body, cover, later, page):
        answer = client.delete(f"/api/v1/images/{image.pk}")
        assert (answer.status_code, answer.json()["code"]) == (422, "image_in_use")

    update_post(post=post, changes={"body": "Nothing.", "cover_url": ""}, editor=author)
    discard_working_copy(post=Post.objects.get(pk=post.pk), expected={1})
    for image in (body, cover, later):
        assert client.delete(f"/api/v1/images/{image.pk}").status_code == 204


def test_nobody_keeps_others_from_deleting_their_images_by_a_draft(api: ApiFor, author: User, outsider: User) -> None:
    image = ready(author)
    draft = create_post(author=outsider, changes={"title": "Mine", "body": shown(image)})
    assert api(author).delete(f"/api/v1/images/{image.pk}").status_code == 204

    other = ready(author)
    update_post(post=draft, changes={"body": shown(other)}, editor=outsider)
    make_post(outsider, body=shown(other))
    assert api(author).delete(f"/api/v1/images/{other.pk}").status_code == 422


def test_image_goes_a_week_after_nothing_names_it_any_more(author: User) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        unused, used, revised, logo = ready(author), ready(author), ready(author), ready(author)
        make_post(author, body=shown(used))
        post = make_post(author, body=shown(revised))
        update_post(post=post, changes={"body": "Nothing."}, editor=author)
        User.objects.filter(pk=author.pk).update(avatar_url=logo.url(logo.shown))

        clock.shift(timedelta(days=6, hours=23))
        tasks.sweep_images()
        assert Image.objects.pictures().count() == 4

        clock.shift(timedelta(hours=2))
        for _ in range(3):
            tasks.sweep_images()
            clock.shift(timedelta(hours=2))
        assert set(Image.objects.values_list("pk", flat=True)) == {used.pk, revised.pk, logo.pk}
        assert unused.pk not in Image.objects.values_list("pk", flat=True)

        assert forget_image_links() == 0  # a revision still shows it
        post.revisions.all().delete()
        assert forget_image_links() == 1
        tasks.sweep_images()
        assert set(Image.objects.pictures().values_list("pk", flat=True)) == {used.pk, logo.pk}


def test_images_of_a_deleted_post_may_go(api: ApiFor, author: User) -> None:
    image = ready(author)
    post = make_post(author, body=shown(image))
    delete_post(post=post)
    assert not PostImage.objects.exists()
    assert api(author).delete(f"/api/v1/images/{image.pk}").status_code == 204
