"""Tags that posts name, and the tree of categories."""

import pytest

from apps.common.errors import FieldProblem
from apps.tags.models import MAX_CATEGORY_DEPTH, Category, Tag
from apps.tags.services import create_category, place_category, resolve_tags

pytestmark = pytest.mark.django_db


def test_names_and_slugs_mean_the_same_tag_and_keep_their_order() -> None:
    tags = resolve_tags(["Old Maps", "sea", "old-maps", "#Sea ", "OLD  MAPS"])
    assert [(tag.slug, tag.name) for tag in tags] == [("old-maps", "Old Maps"), ("sea", "sea")]
    assert resolve_tags(["old-maps"]) == tags[:1]
    assert Tag.objects.count() == 2


@pytest.mark.parametrize("name", ["", "  ", "#", "👋", "---"])
def test_tag_needs_letters_or_digits(name: str) -> None:
    with pytest.raises(FieldProblem):
        resolve_tags([name])


def test_tags_of_any_script() -> None:
    assert [tag.slug for tag in resolve_tags(["Γη", "日本"])] == ["γη", "日本"]


def test_categories_of_one_name_have_slugs_of_their_own() -> None:
    assert [create_category(name="Sea").slug for _ in range(2)] == ["sea", "sea-2"]


def test_tree_has_a_deepest_level() -> None:
    parent = None
    for number in range(MAX_CATEGORY_DEPTH):
        parent = create_category(name=f"Level {number}", parent=parent)
    with pytest.raises(FieldProblem):
        create_category(name="Too deep", parent=parent)
    assert Category.objects.count() == MAX_CATEGORY_DEPTH


def test_branch_moves_as_a_whole() -> None:
    left, right = create_category(name="Left"), create_category(name="Right")
    twig = create_category(name="Twig", parent=left)
    leaf = create_category(name="Leaf", parent=twig)
    twig.parent = right
    twig.save()
    place_category(twig)
    leaf.refresh_from_db()
    assert leaf.lineage == [right.pk, twig.pk, leaf.pk]
    assert leaf.depth == 2
