"""Services that edit tags and categories themselves."""

from typing import Any

from django.db import transaction

from apps.common.errors import FieldProblem, InvalidState
from apps.common.outbox import record
from apps.common.slugs import slugify, unused
from apps.tags.models import Category, Tag
from apps.tags.services import create_category, place_category


@transaction.atomic
def save_tag(*, tag: Tag | None = None, **changes: Any) -> Tag:
    """Create a tag, or change one. Its slug follows from the name unless one is given."""
    tag = Tag.objects.select_for_update().get(pk=tag.pk) if tag else Tag()
    for name in ("name", "slug", "description"):
        if name in changes:
            setattr(tag, name, changes[name])
    tag.slug = tag.slug or slugify(tag.name)
    # What authors type leads to a tag through `slugify`; a slug of another form could never be found again.
    if not tag.slug or slugify(tag.slug) != tag.slug:
        wanted = slugify(tag.slug or tag.name)
        hint = f" Use {wanted!r}." if wanted else ""
        raise FieldProblem("slug", f"Use lower-case letters and digits with single hyphens between them.{hint}")
    if Tag.objects.filter(slug=tag.slug).exclude(pk=tag.pk).exists():
        raise FieldProblem("slug", "Another tag has this address.", code="unique")
    tag.save()
    record("tags.saved", {"tag_id": tag.pk})
    return tag


@transaction.atomic
def delete_tag(tag: Tag) -> None:
    """Delete a tag that no post carries."""
    if tag.post_tags.exists():
        raise InvalidState(f"Posts carry the tag {tag.name}. Take it off them first.")
    record("tags.deleted", {"tag_id": tag.pk, "slug": tag.slug})
    tag.delete()


@transaction.atomic
def save_category(*, category: Category | None = None, **changes: Any) -> Category:
    """Create a category, or change one; a new parent moves all below it and the counts of published posts."""
    if category is None:
        saved = create_category(**{name: value for name, value in changes.items() if value})
    else:
        # One at a time: two moves at once could hang each subtree below the other.
        rows = {row.pk: row for row in Category.objects.select_for_update().order_by("pk")}
        saved = rows[category.pk]
        for name in ("name", "slug", "description"):
            if name in changes:
                setattr(saved, name, changes[name])
        saved.slug = saved.slug or unused(slugify(saved.name) or "category", _is_taken)
        if "parent" in changes:
            parent = changes["parent"]
            saved.parent = rows[parent.pk] if parent else None
            if saved.parent and saved.pk in saved.parent.lineage:
                raise FieldProblem("parent", "A category cannot stand below itself.")
        saved.save(update_fields=["name", "slug", "description", "parent"])
        place_category(saved)
    record("categories.saved", {"category_id": saved.pk})
    return saved


@transaction.atomic
def delete_category(category: Category) -> None:
    """Delete a category that holds neither posts nor categories."""
    if category.children.exists() or category.posts.exists():
        raise InvalidState(f"The category {category.name} is not empty. Move what is in it first.")
    record("categories.deleted", {"category_id": category.pk, "slug": category.slug})
    category.delete()


def _is_taken(slug: str) -> bool:
    return Category.objects.filter(slug=slug).exists()
