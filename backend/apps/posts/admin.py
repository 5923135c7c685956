"""Posts in the Django admin. The comments under them are an inline that `apps.comments.admin` adds."""

from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple, RelatedFieldWidgetWrapper
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.accounts.models import User
from apps.common.admin import ServiceAdmin
from apps.posts import services
from apps.posts.admin_form import STEPS, PostForm, Status, TimeFilter
from apps.posts.admin_series import SeriesAdmin
from apps.posts.models import Post
from apps.posts.policies import can_feature_post

__all__ = ["PostAdmin", "SeriesAdmin"]


@admin.register(Post)
class PostAdmin(ServiceAdmin):
    form = PostForm
    list_display = ("headline", "status", "author_name", "category", "featured", "comment_count", "published_at")
    list_filter = ("status", "review_state", TimeFilter, "featured", "comment_policy", "category")
    list_select_related = ("author", "category")
    list_defer = (
        *("body", "body_html", "excerpt"),
        *("author__password", "author__bio", "author__email", "category__description"),
    )
    search_fields = ("title", "slug", "=author__username")
    search_help_text = "Words of the title or the address, or an author’s whole username"
    date_hierarchy = "published_at"
    ordering = ("-id",)
    autocomplete_fields = ("author", "category", "series")
    actions = ("publish", "unpublish", "archive", "trash", "restore", "feature", "unfeature")
    fieldsets = (
        (None, {"fields": ("title", "slug", "excerpt", "body", "body_format")}),
        ("Publication", {"fields": ("status", "published_at", "featured", "author", "written_with", "review_state")}),
        ("Where it belongs", {"fields": ("category", "chosen_tags", "series", "language", "canonical_url")}),
        ("Cover", {"fields": ("cover_url", "cover_alt")}),
        ("Discussion", {"fields": ("comment_policy",)}),
        (
            "Figures",
            {"fields": ("version", "reading_minutes", "comment_count", "like_count", "created_at", "updated_at")},
        ),
    )
    figures = ("version", "reading_minutes", "comment_count", "like_count", "created_at", "updated_at")

    @admin.display(description="title", ordering="title")
    def headline(self, post: Post) -> str:
        return str(post)

    @admin.display(description="co-authors")
    def written_with(self, post: Post) -> str:
        return ", ".join(person.name for person in post.co_authors) if post.pk else ""

    @admin.display(description="author", ordering="author__username")
    def author_name(self, post: Post) -> str:
        return post.author.name

    def get_readonly_fields(self, request: HttpRequest, obj: Post | None = None) -> tuple[str, ...]:
        chooses_author = obj is None and request.user.has_perm("accounts.view_user")
        shown = (*self.figures, "written_with", "review_state")
        return shown if chooses_author else (*shown, "author")

    def get_fieldsets(self, request: HttpRequest, obj: Post | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj is not None else fieldsets[:-1]

    def get_inlines(self, request: HttpRequest, obj: Post | None) -> Any:
        """A post that is not there yet has nothing below it."""
        return self.inlines if obj is not None else []

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"author": request.user.pk, **super().get_changeform_initial_data(request)}

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        relation: Any = Post._meta.get_field("tags").remote_field
        if "chosen_tags" in form.base_fields:
            widget = AutocompleteSelectMultiple(relation.field, self.admin_site)
            may_add = request.user.has_perm("tags.add_tag")
            form.base_fields["chosen_tags"].widget = RelatedFieldWidgetWrapper(
                widget, relation, self.admin_site, can_add_related=may_add
            )
            form.base_fields["chosen_tags"].widget.choices = form.base_fields["chosen_tags"].choices
        return form

    def create(self, request: HttpRequest, form: Any) -> Post:
        author: Any = form.cleaned_data.get("author") or request.user
        post = services.create_post(author=author, changes=self._plain(form, form.cleaned_data))
        return self._take_step(post, form)

    def change(self, request: HttpRequest, obj: Post, form: Any) -> Post:
        plain = self._plain(form, form.changes)
        if plain:
            post = services.update_post(
                post=obj, changes=plain, expected=form.expected, editor=cast("User", request.user)
            )
            return self._take_step(post, form, expected={post.version})
        return self._take_step(obj, form, expected=form.expected)

    def _plain(self, form: Any, values: dict[str, Any]) -> Any:
        changes = {name: value for name, value in values.items() if name not in {*STEPS, "author", "seen_version"}}
        if "series" in changes:
            changes["series"] = changes["series"].slug if changes["series"] else None
        if changes.pop("chosen_tags", None) is not None:
            changes["tags"] = form.ordered_tags()
        return changes

    def _take_step(self, post: Post, form: Any, *, expected: set[int] | None = None) -> Post:
        """Publish, schedule, archive, trash or withdraw the post, as the form's status says."""
        status, moment = form.cleaned_data.get("status"), form.cleaned_data.get("published_at")
        asked = not form.instance.pk or any(name in form.changed_data for name in STEPS)
        if not asked or (status == Status.DRAFT and post.status == Status.DRAFT):
            return Post.objects.get(pk=post.pk)
        if status == Status.SCHEDULED:
            return services.schedule_post(post=post, published_at=moment, expected=expected)
        if status == Status.PUBLISHED:
            chosen = moment if "published_at" in form.changed_data else None
            return services.publish_post(post=post, published_at=chosen, expected=expected)
        steps = {Status.ARCHIVED: services.archive_post, Status.TRASHED: services.trash_post}
        return steps.get(status, services.unpublish_post)(post=post, expected=expected)

    def has_change_permission(self, request: HttpRequest, obj: Post | None = None) -> bool:
        """What is in the trash is looked at, restored or deleted for good."""
        in_trash = obj is not None and obj.status == Status.TRASHED
        return super().has_change_permission(request, obj) and not in_trash

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Only what is in the trash can be deleted; the status puts a post there."""
        obj: Post | None = kwargs.get("obj")
        context["show_delete"] = obj is not None and obj.status == Status.TRASHED
        return super().render_change_form(request, context, *args, **kwargs)

    def list_protecting(self, rows: list[Any]) -> list[str]:
        return [f"{row} is not in the trash: put it there first" for row in rows if row.status != Status.TRASHED]

    def remove(self, request: HttpRequest, obj: Post) -> object:
        return services.delete_post(post=obj)

    def count_dependents(self, rows: list[Any]) -> dict[str, int]:
        ids = [row.pk for row in rows]
        relations = [relation for relation in Post._meta.related_objects if relation.one_to_many]
        counts = {
            str(relation.related_model._meta.verbose_name_plural): relation.related_model._default_manager.filter(
                **{f"{relation.field.name}__in": ids}
            ).count()
            for relation in relations
        }
        return {name: count for name, count in counts.items() if count}

    @admin.action(description="Publish", permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Post]) -> None:
        self.run_on_each(request, queryset, lambda post: services.publish_post(post=post), done="published")

    @admin.action(description="Make drafts (unpublish)", permissions=["change"])
    def unpublish(self, request: HttpRequest, queryset: QuerySet[Post]) -> None:
        self.run_on_each(request, queryset, lambda post: services.unpublish_post(post=post), done="made drafts")

    @admin.action(description="Archive", permissions=["change"])
    def archive(self, request: HttpRequest, queryset: QuerySet[Post]) -> None:
        self.run_on_each(request, queryset, lambda post: services.archive_post(post=post), done="archived")

    @admin.action(description="Put into the trash", permissions=["delete"])
    def trash(self, request: HttpRequest, queryset: QuerySet[Post]) -> None:
        self.run_on_each(request, queryset, lambda post: services.trash_post(post=post), done="put into the trash")

    @admin.action(description="Take out of the trash", permissions=["delete"])
    def restore(self, request: HttpRequest, queryset: QuerySet[Post]) -> None:
        self.run_on_each(request, queryset, lambda post: services.restore_post(post=post), done="restored")

    @admin.action(description="Feature", permissions=["feature"])
    def feature(self, request: HttpRequest, queryset: QuerySet[Post]) -> None:
        self._set_featured(request, queryset, featured=True)

    @admin.action(description="No longer feature", permissions=["feature"])
    def unfeature(self, request: HttpRequest, queryset: QuerySet[Post]) -> None:
        self._set_featured(request, queryset, featured=False)

    def has_feature_permission(self, request: HttpRequest) -> bool:
        return can_feature_post(request.user)

    def _set_featured(self, request: HttpRequest, queryset: QuerySet[Post], *, featured: bool) -> None:
        self.run_on_each(
            request,
            queryset.exclude(featured=featured),
            lambda post: services.update_post(post=post, changes={"featured": featured}),
            done="featured" if featured else "no longer featured",
        )
