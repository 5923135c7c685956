"""Categories and tags. What is there under the same slug is used as it is."""

from collections.abc import Iterable

from django.db import transaction

from apps.common.slugs import slugify
from apps.importers.wordpress.records import WxrItem, WxrTerm
from apps.importers.wordpress.summary import Summary
from apps.tags.models import MAX_CATEGORY_DEPTH, Category, Tag
from apps.tags.services import create_category

MAX_TAGS_OF_POST = 100
MAX_CHAIN = 50
"""Ancestors that are looked for; more than six deep none stands here anyway."""
CATCH_ALL = "uncategorized"
"""Where WordPress puts what has no category."""


class Terms:
    """Makes the terms of one export, and finds those of an item."""

    def __init__(self, summary: Summary) -> None:
        self._summary = summary
        self._described: dict[str, WxrTerm] = {}
        self._by_name: dict[str, str] = {}
        self._being_placed: set[str] = set()
        self._made: set[str] = set()

    def add_categories(self, terms: Iterable[WxrTerm]) -> None:
        """The categories of the export, in any order: a parent may follow its children, or be missing."""
        for term in terms:
            self._described.setdefault(term.slug, term)
            self._by_name.setdefault(slugify(term.name), term.slug)
        for slug in list(self._described):
            self._category(slug, count=True)

    def add_tags(self, terms: Iterable[WxrTerm]) -> None:
        for term in terms:
            if not self._tag(term, count=True):
                self._summary.skip("tags", "without a letter or digit in its name")

    def place(self, item: WxrItem) -> tuple[Category | None, list[Tag]]:
        """The item's category and tags. A post here has one category: the deepest of its own, else the first that is
        not the catch-all; the others, but for those above the chosen one, become tags after its tags."""
        categories = []
        for term in self._ordered(item):
            self._described.setdefault(term.slug, term)
            category = self._category(term.slug)
            if category:
                categories.append(category)
        chosen = max(categories, key=lambda category: category.depth, default=None)
        above = chosen.lineage if chosen else []
        further = [category for category in categories if category.pk not in above]
        tags = [tag for term in item.tags if (tag := self._tag(term))]
        tags = list(dict.fromkeys([*tags, *map(self._tag_of_category, further)]))
        if len(tags) > MAX_TAGS_OF_POST:
            self._summary.note(f"{item.label}: {len(tags) - MAX_TAGS_OF_POST} of its tags were left out.")
        return chosen, tags[:MAX_TAGS_OF_POST]

    def _ordered(self, item: WxrItem) -> list[WxrTerm]:
        named = [term for term in item.categories if term.slug]
        return [term for term in named if term.slug != CATCH_ALL] or named

    def _tag_of_category(self, category: Category) -> Tag:
        """The tag that says the same as the category: of its name, rather than a second one of its slug."""
        slug = slugify(category.name) or category.slug
        tag, is_new = Tag.objects.get_or_create(slug=slug, defaults={"name": category.name})
        self._summary.extra_tags += is_new
        return tag

    @transaction.atomic
    def _category(self, slug: str, *, count: bool = False) -> Category | None:
        """The category of this slug, made together with its ancestors where it isn't there yet."""
        known: Category | None = Category.objects.filter(slug=slug).first()
        term = self._described.get(slug)
        if known or not term or not slug:
            if known and count:
                self._summary.unchanged["categories"] += slug not in self._made
            return known
        parent = self._parent(term)
        while parent and parent.depth >= MAX_CATEGORY_DEPTH - 1:
            parent = parent.parent
        self._made.add(slug)
        self._summary.imported["categories"] += 1
        return create_category(
            name=term.name[:60] or slug[:60], slug=slug, parent=parent, description=term.description[:300]
        )

    def _parent(self, term: WxrTerm) -> Category | None:
        """The parent, named by slug or by name; None where the export lacks it or goes round in a circle."""
        slug = term.parent if term.parent in self._described else self._by_name.get(term.parent, term.parent)
        if not slug or slug in self._being_placed or slug == term.slug or len(self._being_placed) > MAX_CHAIN:
            return None
        self._being_placed.add(term.slug)
        try:
            parent = self._category(slug)
        finally:
            self._being_placed.discard(term.slug)
        if parent is None:
            self._summary.note(f"The parent of the category “{term.name}” is missing; it stands at the top.")
        return parent

    def _tag(self, term: WxrTerm, *, count: bool = False) -> Tag | None:
        if not term.slug:
            return None
        tag, is_new = Tag.objects.get_or_create(
            slug=term.slug, defaults={"name": term.name[:60] or term.slug[:60], "description": term.description[:300]}
        )
        if is_new:
            self._summary.imported["tags"] += 1
        elif count:
            self._summary.unchanged["tags"] += 1
        return tag
