"""Series in the Django admin."""

import pytest

from apps.accounts.models import User
from apps.common.tests.admin_forms import change, read_form, signed_in, submit
from apps.posts.models import Post, Series
from apps.posts.tests.factories import make_post

pytestmark = pytest.mark.django_db
LIST = "/admin/posts/series/"


def order() -> list[str]:
    return list(Post.objects.order_by("series_position").values_list("title", flat=True))


def test_editor_makes_a_series_and_its_address_follows(editor: User) -> None:
    assert submit(signed_in(editor), f"{LIST}add/", title="The long walk").status_code == 302
    assert Series.objects.get().slug == "the-long-walk"


def test_editor_changes_the_order_by_numbers(editor: User, author: User) -> None:
    for title in ("One", "Two", "Three"):
        make_post(author, title=title, series="Walk")
    client, path = signed_in(editor), f"{LIST}{Series.objects.get().pk}/change/"
    assert submit(client, path, parts_place=["1", "2", "0.5"], description="Slowly.").status_code == 302
    assert order() == ["Three", "One", "Two"]
    assert Series.objects.get().description == "Slowly."
    assert client.post(path, change(read_form(client, path), parts_place=["x", "", "-1"])).status_code == 302
    assert order() == ["Two", "Three", "One"]


def test_posts_of_another_series_do_not_come_along(editor: User, author: User) -> None:
    make_post(author, title="One", series="Walk")
    other = make_post(author, title="Other", series="Else")
    path = f"{LIST}{Series.objects.get(slug='walk').pk}/change/"
    form = {"parts_id": [str(other.pk)], "parts_place": ["1"], "title": "Walks"}
    assert submit(signed_in(editor), path, **form).status_code == 302
    assert Series.objects.get(parts=other).slug == "else"


def test_deleted_series_leaves_its_posts(editor: User, author: User) -> None:
    post = make_post(author, series="Walk")
    series = Series.objects.get()
    assert signed_in(editor).post(f"{LIST}{series.pk}/delete/", {"post": "yes"}).status_code == 302
    assert Post.objects.get(pk=post.pk).series is None


def test_taken_address_is_said_at_its_field(editor: User, author: User) -> None:
    make_post(author, series="Walk")
    answer = submit(signed_in(editor), f"{LIST}add/", title="Walk")
    assert "Another series has this address" in answer.content.decode()


def test_post_joins_and_leaves_a_series_in_its_form(editor: User, author: User) -> None:
    make_post(author, title="One", series="Walk")
    post, series = make_post(author, title="Two"), Series.objects.get()
    client, path = signed_in(editor), f"/admin/posts/post/{post.pk}/change/"
    assert submit(client, path, series=str(series.pk)).status_code == 302
    assert Post.objects.get(pk=post.pk).series_position == 2
    assert submit(client, path, series="").status_code == 302
    assert Post.objects.get(pk=post.pk).series_position is None


def test_author_may_not(author: User) -> None:
    assert signed_in(author).get(LIST).status_code == 302
