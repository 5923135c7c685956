"""Series in the Django admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from apps.common.admin import ServiceAdmin, ServiceForm
from apps.posts.models import Post, Series
from apps.posts.services.series import MAX_PARTS, delete_series, save_series


class PartsWidget(forms.Widget):
    """The parts with a number each: whoever writes 1.5 puts a part between the first and the second."""

    template_name = "posts/admin/parts.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["parts"] = value or []
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Post]:
        """The parts in the order of their numbers."""
        ids, places = data.getlist(f"{name}_id"), data.getlist(f"{name}_place")
        numbered = sorted(zip(map(_number, places), range(len(ids)), ids, strict=False))
        wanted = [int(pk) for _, _, pk in numbered if pk.isdecimal() and len(pk) < 16][:MAX_PARTS]
        posts = Post.objects.in_bulk(wanted)
        return [posts[pk] for pk in wanted if pk in posts]


class PartsField(forms.Field):
    widget = PartsWidget

    def has_changed(self, initial: Any, data: Any) -> bool:
        return [part.pk for part in initial or []] != [part.pk for part in data or []]


class SeriesForm(ServiceForm):
    """Only what was changed is written, so two people who edit different fields do not meet."""

    seen_version = None  # type: ignore[assignment]
    parts = PartsField(required=False, help_text="Change the numbers to change the order.")

    class Meta:
        model = Series
        fields = "__all__"
        widgets = {"description": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})}
        help_texts = {"slug": "The address. Follows from the title when left empty."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
        if self.instance.pk:
            parts = self.instance.parts.order_by("series_position", "id")
            self.initial["parts"] = list(parts.only("pk", "title", "slug", "status", "published_at"))


@admin.register(Series)
class SeriesAdmin(ServiceAdmin):
    form = SeriesForm
    fields = ("title", "slug", "description", "parts")
    list_display = ("title", "slug", "number_of_parts")
    list_defer = ("description",)
    search_fields = ("title", "slug")
    ordering = ("title", "id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Series]:
        rows: QuerySet[Series] = super().get_queryset(request).annotate(part_count=Count("parts"))
        return rows

    @admin.display(description="posts", ordering="part_count")
    def number_of_parts(self, series: Any) -> int:
        return int(series.part_count)

    def create(self, request: HttpRequest, form: Any) -> Series:
        return save_series(**{name: value for name, value in form.cleaned_data.items() if name != "parts"})

    def change(self, request: HttpRequest, obj: Series, form: Any) -> Series:
        return save_series(series=obj, **form.changes)

    def remove(self, request: HttpRequest, obj: Series) -> object:
        return delete_series(obj)

    def list_protecting(self, rows: list[Any]) -> list[str]:
        """Nothing: its posts stay, each on its own."""
        return []


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
