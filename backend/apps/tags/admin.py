"""Tags and categories in the Django admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from apps.common.admin import ServiceAdmin, ServiceForm
from apps.tags.editing import delete_category, delete_tag, save_category, save_tag
from apps.tags.models import Category, Tag


class TermForm(ServiceForm):
    """Only what was changed is written, so two people who edit different fields do not meet."""

    seen_version = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = "The address. Follows from the name when left empty."
        if "description" in self.fields:
            self.fields["description"].widget = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})


class TermAdmin(ServiceAdmin):
    """What tags and categories have in common."""

    form = TermForm
    search_fields = ("name", "slug")
    list_defer = ("description",)
    readonly_fields = ("post_count",)


@admin.register(Tag)
class TagAdmin(TermAdmin):
    fields = ("name", "slug", "description", "post_count")
    list_display = ("name", "slug", "post_count")
    ordering = ("-post_count", "id")

    def create(self, request: HttpRequest, form: Any) -> Tag:
        return save_tag(**form.cleaned_data)

    def change(self, request: HttpRequest, obj: Tag, form: Any) -> Tag:
        return save_tag(tag=obj, **form.changes)

    def remove(self, request: HttpRequest, obj: Tag) -> object:
        return delete_tag(obj)

    def list_protecting(self, rows: list[Any]) -> list[str]:
        counted = [(row, row.post_tags.count()) for row in rows]
        return [f"{number} posts carry the tag {row}" for row, number in counted if number]


@admin.register(Category)
class CategoryAdmin(TermAdmin):
    fields = ("name", "slug", "parent", "description", "post_count")
    list_display = ("indented_name", "slug", "post_count")
    ordering = ("path",)
    autocomplete_fields = ("parent",)

    @admin.display(description="name", ordering="path")
    def indented_name(self, category: Category) -> str:
        return "— " * category.depth + category.name

    def create(self, request: HttpRequest, form: Any) -> Category:
        return save_category(**form.cleaned_data)

    def change(self, request: HttpRequest, obj: Category, form: Any) -> Category:
        return save_category(category=obj, **form.changes)

    def remove(self, request: HttpRequest, obj: Category) -> object:
        return delete_category(obj)

    def list_protecting(self, rows: list[Any]) -> list[str]:
        counted = [(row, row.posts.count(), row.children.count()) for row in rows]
        return [
            f"{row} holds {posts} posts and {children} categories"
            for row, posts, children in counted
            if posts + children
        ]
