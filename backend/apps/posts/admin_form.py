"""The form and the filter of posts in the Django admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from apps.common.admin import ServiceForm
from apps.posts.models import Post
from apps.tags.models import Tag
from apps.tags.services import MAX_TAGS

Status = Post.Status
STEPS = ("status", "published_at")
"""Fields that are no plain values: they change by the steps of a post's life."""


class PostForm(ServiceForm):
    chosen_tags = forms.ModelMultipleChoiceField(
        Tag.objects.all(),
        label="Tags",
        required=False,
        help_text=f"In the order in which readers see them; at most {MAX_TAGS}.",
    )
    field_names = {"tags": "chosen_tags"}

    class Meta:
        model = Post
        fields = "__all__"
        labels = {"published_at": "Publication time"}
        help_texts = {
            "slug": "The address. Follows from the title when left empty; a former one keeps leading to the post.",
            "published_at": "UTC. To publish later, choose “Scheduled” and a time to come.",
            "cover_url": "An address that starts with https:// or /media/.",
            "cover_alt": "What the picture shows, for those who cannot see it.",
            "excerpt": "One or two sentences for lists and previews.",
        }
        widgets = {
            "body": forms.Textarea(attrs={"rows": 28, "class": "vLargeTextField"}),
            "excerpt": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
        if "chosen_tags" in self.fields and self.instance.pk:
            rows = self.instance.post_tags.order_by("position", "id")
            self.initial["chosen_tags"] = list(rows.values_list("tag_id", flat=True))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        status = cleaned.get("status")
        if status == Status.SCHEDULED and "status" in self.changed_data and not cleaned.get("published_at"):
            self.add_error("published_at", "Say when the post is to appear.")
        moved = "published_at" in self.changed_data and "status" not in self.changed_data
        if moved and self.instance.pk and status == Status.PUBLISHED:
            self.add_error("published_at", "A published post keeps its time. Make it a draft first to publish it anew.")
        elif moved and status in {Status.DRAFT, Status.ARCHIVED} and cleaned.get("published_at"):
            self.add_error("published_at", "A time goes with the status “Scheduled” or “Published”.")
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """The steps are checked by their services: a post that is to be published has no time yet."""
        return {*super()._get_validation_exclusions(), *STEPS}  # type: ignore[misc]

    def ordered_tags(self) -> list[str]:
        """The slugs of the chosen tags, in the order in which the browser sent them."""
        chosen = {str(tag.pk): tag.slug for tag in self.cleaned_data["chosen_tags"]}
        sent = self.data.getlist(self.add_prefix("chosen_tags")) if hasattr(self.data, "getlist") else list(chosen)
        return [chosen[key] for key in dict.fromkeys(sent) if key in chosen]


class TimeFilter(admin.SimpleListFilter):
    title = "visibility"
    parameter_name = "visible"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Readers see it"), ("no", "Readers do not see it")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Post]) -> QuerySet[Post]:
        live = Q(status__in=["published", "scheduled"], published_at__lte=timezone.now())
        return {"yes": queryset.filter(live), "no": queryset.exclude(live)}.get(self.value() or "", queryset)
