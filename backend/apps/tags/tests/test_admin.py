"""Tags and categories in the Django admin."""

import pytest

from apps.accounts.models import User
from apps.common.models import OutboxMessage
from apps.common.tests.admin_forms import count_queries, signed_in, submit
from apps.posts.tests.factories import make_post
from apps.tags.models import Category, Tag
from apps.tags.services import create_category

TAGS = "/admin/tags/tag/"
CATEGORIES = "/admin/tags/category/"

pytestmark = pytest.mark.django_db


def test_editor_adds_and_renames_a_tag(editor: User) -> None:
    client = signed_in(editor)
    submit(client, f"{TAGS}add/", name="Wood work")
    tag = Tag.objects.get()
    assert tag.slug == "wood-work"
    submit(client, f"{TAGS}{tag.pk}/change/", name="Woodwork", slug="woodwork")
    tag.refresh_from_db()
    assert (tag.name, tag.slug) == ("Woodwork", "woodwork")
    assert OutboxMessage.objects.filter(event="tags.saved").count() == 2


def test_slug_that_authors_could_not_type_is_refused(editor: User) -> None:
    response = submit(signed_in(editor), f"{TAGS}add/", name="Wood", slug="Wood--Work")
    assert "slug" in response.context["adminform"].form.errors
    assert not Tag.objects.exists()


def test_tag_in_use_stays(editor: User, author: User) -> None:
    make_post(author, tags=["wood"])
    tag = Tag.objects.get()
    client = signed_in(editor)
    assert "1 posts carry the tag" in client.get(f"{TAGS}{tag.pk}/delete/").content.decode()
    client.post(f"{TAGS}{tag.pk}/delete/", {"post": "yes"})
    assert Tag.objects.exists()


def test_unused_tag_goes(editor: User) -> None:
    tag = Tag.objects.create(name="Wood", slug="wood")
    signed_in(editor).post(f"{TAGS}{tag.pk}/delete/", {"post": "yes"})
    assert not Tag.objects.exists()


def test_moving_a_category_moves_counts_and_paths(editor: User, author: User) -> None:
    craft, house = create_category(name="Craft"), create_category(name="House")
    wood = create_category(name="Wood", parent=craft)
    make_post(author, category=wood)
    submit(signed_in(editor), f"{CATEGORIES}{wood.pk}/change/", parent=str(house.pk))
    wood.refresh_from_db()
    assert wood.lineage == [house.pk, wood.pk]
    counts = dict(Category.objects.values_list("slug", "post_count"))
    assert counts == {"craft": 0, "house": 1, "wood": 1}


def test_category_below_itself_is_an_error_at_the_parent(editor: User) -> None:
    craft = create_category(name="Craft")
    wood = create_category(name="Wood", parent=craft)
    response = submit(signed_in(editor), f"{CATEGORIES}{craft.pk}/change/", parent=str(wood.pk))
    assert "parent" in response.context["adminform"].form.errors


def test_category_with_content_stays(editor: User) -> None:
    craft = create_category(name="Craft")
    create_category(name="Wood", parent=craft)
    signed_in(editor).post(f"{CATEGORIES}{craft.pk}/delete/", {"post": "yes"})
    assert Category.objects.count() == 2


@pytest.mark.parametrize("path", [TAGS, CATEGORIES])
def test_lists_take_as_many_queries_for_many_rows(editor: User, path: str) -> None:
    few = count_queries(signed_in(editor), path)
    parent = None
    for number in range(6):
        Tag.objects.create(name=f"Tag {number}", slug=f"tag-{number}")
        parent = create_category(name=f"Category {number}", parent=parent)
    assert count_queries(signed_in(editor), path) == few
