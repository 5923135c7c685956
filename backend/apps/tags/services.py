"""Tags that posts name, and the tree of categories."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from apps.common.errors import FieldProblem
from apps.common.slugs import slugify, unused, without_marks
from apps.tags.models import CATEGORY_PATH_STEP, MAX_CATEGORY_DEPTH, Category, Tag, lineage_of

MAX_TAGS = 10


def resolve_tags(names: Iterable[str], *, limit: int | None = MAX_TAGS) -> list[Tag]:
    """The tags of these names or slugs, in order and without repeats; unknown ones are created."""
    wanted = tag_slugs(names, limit=limit)
    known = {tag.slug: tag for tag in Tag.objects.filter(slug__in=wanted)}
    known.update(_of_former_slugs({slug: text for slug, text in wanted.items() if slug not in known}))
    for slug, text in sorted(wanted.items()):  # in one order, so that no two writers wait for each other
        if slug not in known:
            known[slug], _ = Tag.objects.get_or_create(slug=slug, defaults={"name": text[:60]})
    return list(dict.fromkeys(known[slug] for slug in wanted))


def _of_former_slugs(wanted: dict[str, str]) -> dict[str, Tag]:
    """Those of these names, by their slugs, that tags have from before slugs kept marks."""
    former = {without_marks(slug): slug for slug in wanted if without_marks(slug) != slug}
    tags = Tag.objects.filter(slug__in=former) if former else ()
    return {former[tag.slug]: tag for tag in tags if tag.name == wanted[former[tag.slug]]}


def tag_slugs(names: Iterable[str], *, limit: int | None = MAX_TAGS) -> dict[str, str]:
    """The slugs that these names or slugs lead to, in order, each with what was written. Refuses what cannot be a tag
    and more than `limit` of them."""
    wanted: dict[str, str] = {}
    for name in names:
        text = " ".join(name.split()).lstrip("#")
        slug = slugify(text)
        if not slug:
            raise FieldProblem("tags", f"{name!r} cannot be a tag: it has no letters or digits.")
        wanted.setdefault(slug, text)
    if limit is not None and len(wanted) > limit:
        raise FieldProblem("tags", f"Use at most {limit} tags.", code="max_length")
    return wanted


@transaction.atomic
def create_category(*, name: str, slug: str = "", parent: Category | None = None, description: str = "") -> Category:
    """A category below `parent`; its slug follows from the name unless one is given."""
    slug = slug or unused(slugify(name) or "category", lambda text: Category.objects.filter(slug=text).exists())
    category = Category(name=name, slug=slug, parent=parent, description=description)
    category.save()
    place_category(category)
    return category


@transaction.atomic
def place_category(category: Category) -> None:
    """Bring the paths of a category and all below it in line with its parent."""
    old_path = category.path
    parent_path = category.parent.path if category.parent else ""
    path = parent_path + str(category.pk).rjust(CATEGORY_PATH_STEP, "0")
    if path == old_path:
        return
    if old_path and parent_path.startswith(old_path):
        raise FieldProblem("parent", "A category cannot stand below itself.")
    below = list(Category.objects.filter(path__startswith=old_path).exclude(pk=category.pk)) if old_path else []
    deepest = max([len(old_path), *(len(node.path) for node in below)]) - len(old_path) + len(path)
    if deepest > CATEGORY_PATH_STEP * MAX_CATEGORY_DEPTH:
        raise FieldProblem("parent", f"Categories may be nested {MAX_CATEGORY_DEPTH} deep.")
    _move_counts(category, old_path=old_path, new_path=path)
    for node in below:
        node.path = path + node.path[len(old_path) :]
    category.path = path
    Category.objects.bulk_update([category, *below], ["path"])


def _move_counts(category: Category, *, old_path: str, new_path: str) -> None:
    """The posts below a moved category leave the counts of its old ancestors and enter those of the new ones."""
    old, new = set(lineage_of(old_path)[:-1]), set(lineage_of(new_path)[:-1])
    for pk in sorted(old ^ new):
        change = category.post_count if pk in new else -category.post_count
        Category.objects.filter(pk=pk).update(post_count=F("post_count") + change)
