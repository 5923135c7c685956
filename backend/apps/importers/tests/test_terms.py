import pytest

from apps.importers.tests.exports import category, export, item, tag, term_of
from apps.posts.models import Post
from apps.tags.models import Category, Tag
from apps.tags.services import create_category

pytestmark = pytest.mark.django_db


def test_parents_may_come_later_or_be_missing(import_text):
    summary = import_text(
        export(
            category("limpets", "Limpets", "rocks"),
            category("rocks", "Rocks", "shore"),
            category("shore", "Shore", "", "Where land ends"),
            category("lost", "Lost", "nowhere"),
        )
    )
    tree = {row.slug: (row.parent.slug if row.parent else None, row.depth) for row in Category.objects.all()}
    assert tree == {"limpets": ("rocks", 2), "rocks": ("shore", 1), "shore": (None, 0), "lost": (None, 0)}
    assert Category.objects.get(slug="shore").description == "Where land ends"
    assert summary["imported"]["categories"] == 4
    assert "Lost" in summary["notes"][0]


def test_circles_and_very_deep_trees_find_a_place(import_text):
    chain = [category(f"d{level}", f"D{level}", f"d{level - 1}") for level in range(1, 12)]
    import_text(export(category("a", "A", "b"), category("b", "B", "a"), category("self", "S", "self"), *chain))
    assert Category.objects.count() == 14
    assert max(row.depth for row in Category.objects.all()) == 5


def test_a_parent_by_name_as_in_old_exports(import_text):
    import_text(export(category("the-shore", "Shore Line"), category("rocks", "Rocks", "Shore Line"), version="1.0"))
    assert Category.objects.get(slug="rocks").parent == Category.objects.get(slug="the-shore")


def test_what_is_there_is_used_as_it_is(import_text):
    own = create_category(name="Our shore", slug="shore")
    Tag.objects.create(slug="tide", name="Our tide")
    terms = [term_of("category", "shore", "Theirs"), term_of("post_tag", "tide", "Theirs")]
    import_text(export(category("shore", "Theirs"), tag("tide", "Theirs"), item(1, "Ebb", "x", *terms)))
    post = Post.objects.get()
    assert post.category == own
    assert [row.name for row in post.tags.all()] == ["Our tide"]
    own.refresh_from_db()
    assert own.name == "Our shore"


def test_a_post_takes_the_deepest_category_and_the_others_as_tags(import_text):
    terms = [
        term_of("category", "uncategorized", "Uncategorized"),
        term_of("category", "shore", "Shore"),
        term_of("category", "rocks", "Rocks"),
        term_of("category", "weather-2", "Weather"),
        term_of("category", "tide-2", "Tide"),
        term_of("post_tag", "tide", "Tide"),
    ]
    described = [category("rocks", "Rocks", "shore"), category("shore", "Shore")]
    summary = import_text(export(*described, item(1, "Ebb", "x", *terms)))
    post = Post.objects.get()
    assert post.category is not None
    assert post.category.slug == "rocks"
    assert [row.slug for row in post.tags.order_by("post_tags__position")] == ["tide", "weather"]
    assert summary["tags_from_categories"] == 1


def test_only_uncategorised_stays_in_that_category(import_text):
    import_text(export(item(1, "Ebb", "x", term_of("category", "uncategorized", "Uncategorized"))))
    category_of_post = Post.objects.get().category
    assert category_of_post is not None
    assert category_of_post.slug == "uncategorized"


def test_a_post_may_have_many_tags(import_text):
    import_text(export(item(1, "Ebb", "x", *(term_of("post_tag", f"t{number}", f"T{number}") for number in range(45)))))
    assert Post.objects.get().tags.count() == 45


def test_unicode_tags_and_tags_without_letters(import_text):
    summary = import_text(export(tag("%e6%bd%ae", "潮"), tag("", "!!!"), tag("", "C &amp; A")))
    assert set(Tag.objects.values_list("slug", "name")) == {("潮", "潮"), ("c-a", "C & A")}
    assert summary["skipped"] == [{"kind": "tags", "reason": "without a letter or digit in its name", "count": 1}]


def test_the_unnamed_doubles_of_old_exports_are_passed_over(import_text):
    doubled = "<category><![CDATA[Shore]]></category>" + term_of("category", "shore", "Shore")
    old_tag = "<category><![CDATA[Tide]]></category>" + term_of("tag", "tide", "Tide")
    import_text(export(item(1, "Ebb", "x", doubled, old_tag), version="1.0", scheme="http"))
    post = Post.objects.get()
    assert post.category is not None
    assert post.category.slug == "shore"
    assert [row.slug for row in post.tags.all()] == ["tide"]
