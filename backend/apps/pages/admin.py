"""Standing pages in the Django admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from apps.common.admin import ServiceAdmin, ServiceForm
from apps.common.outbox import record
from apps.pages.models import Page
from apps.pages.services import save_page


class PageForm(ServiceForm):
    class Meta:
        model = Page
        fields = "__all__"
        widgets = {"body": forms.Textarea(attrs={"rows": 28, "class": "vLargeTextField"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields and not self.instance.pk:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = "The address. Follows from the title when left empty."


@admin.register(Page)
class PageAdmin(ServiceAdmin):
    form = PageForm
    list_display = ("title", "slug", "status", "in_navigation", "position", "language", "updated_at")
    list_filter = ("status", "in_navigation", "language")
    list_defer = ("body", "body_html")
    search_fields = ("title", "slug")
    ordering = ("position", "title", "id")
    readonly_fields = ("version", "created_at", "updated_at")
    fieldsets = (
        (None, {"fields": ("title", "slug", "body", "body_format")}),
        ("Publication", {"fields": ("status", "in_navigation", "position", "language")}),
        ("Figures", {"fields": ("version", "created_at", "updated_at")}),
    )

    def create(self, request: HttpRequest, form: Any) -> Page:
        values = {name: value for name, value in form.cleaned_data.items() if name != "seen_version"}
        return save_page(**values)

    def change(self, request: HttpRequest, obj: Page, form: Any) -> Page:
        return save_page(page=obj, expected=form.expected, **form.changes)

    def remove(self, request: HttpRequest, obj: Page) -> object:
        record("pages.deleted", {"page_id": obj.pk, "slug": obj.slug})
        return obj.delete()
