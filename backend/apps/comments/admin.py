"""Comments in the Django admin: a queue for moderators, and an inline under each post."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator

from apps.accounts.models import User
from apps.comments.deciding import decide_comment
from apps.comments.models import Comment
from apps.comments.policies import can_moderate, can_rewrite
from apps.comments.services import delete_comment, edit_comment
from apps.common.admin import ServiceAdmin, ServiceForm
from apps.common.errors import InvalidState
from apps.posts.admin import PostAdmin

Status = Comment.Status
DECISIONS = [(status.value, status.label) for status in Status if status != Status.DELETED]
INLINE_ROWS = 50
LEAN = (
    *("author__password", "author__bio", "author__email", "body_html"),
    *("post__body", "post__body_html", "post__excerpt"),
)


def moderator_of(request: HttpRequest) -> User:
    """Who decides: the admin lets nobody in who is not signed in."""
    user: User = User.objects.get(pk=request.user.pk)
    return user


def _require_rewriting(moderator: User, comment: Comment) -> None:
    if not can_rewrite(moderator, comment):
        raise InvalidState("Only admins change what admins wrote, and nobody what was taken away of their own.")


class CommentForm(ServiceForm):
    class Meta:
        model = Comment
        fields = "__all__"
        widgets = {"body": forms.Textarea(attrs={"rows": 10, "class": "vLargeTextField"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "status" in self.fields:
            self.fields["status"].choices = DECISIONS  # type: ignore[attr-defined]


class CommentColumns:
    """What list and inline show of a comment."""

    @admin.display(description="comment")
    def summary(self, comment: Comment) -> str:
        return Truncator(comment.body).chars(160) if comment.body else "(deleted by its author)"

    @admin.display(description="by")
    def who(self, comment: Comment) -> str:
        return comment.author.name if comment.author else f"{comment.guest_name} (guest)"


@admin.register(Comment)
class CommentAdmin(CommentColumns, ServiceAdmin):
    form = CommentForm
    list_display = ("summary", "who", "post_title", "status", "created_at", "like_count")
    list_filter = ("status", ("author", admin.EmptyFieldListFilter), "created_at")
    list_select_related = ("author", "post")
    list_defer = LEAN
    search_fields = ("body", "guest_name", "guest_email", "=author__username")
    search_help_text = "Words of the comment, a guest’s name or e-mail, or an author’s whole username"
    date_hierarchy = "created_at"
    ordering = ("-id",)
    actions = ("approve", "remove_from_sight", "mark_as_spam")
    readonly_fields = (
        *("post_title", "who", "guest_email", "guest_url", "answered"),
        *("version", "reply_count", "like_count", "created_at", "edited_at"),
    )
    fieldsets = (
        (None, {"fields": ("post_title", "answered", "who", "guest_email", "guest_url", "body", "status")}),
        ("Figures", {"fields": ("version", "reply_count", "like_count", "created_at", "edited_at")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # comments are written on the site, under their author's own name

    def has_change_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        allowed = super().has_change_permission(request, obj) and can_moderate(request.user)
        return allowed and (obj is None or obj.status != Status.DELETED)

    def has_delete_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        allowed = super().has_delete_permission(request, obj) and can_moderate(request.user)
        return allowed and (obj is None or obj.status != Status.DELETED)

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return can_moderate(request.user)

    @admin.display(description="post")
    def post_title(self, comment: Comment) -> str:
        address = f"{comment.post.get_absolute_url()}#comment-{comment.pk}"
        return format_html('<a href="{}">{}</a>', address, Truncator(str(comment.post)).chars(60))

    @admin.display(description="in reply to")
    def answered(self, comment: Comment) -> str:
        parent = comment.parent
        if parent is None:
            return "the post itself"
        link = reverse("admin:comments_comment_change", args=[parent.pk])
        return format_html('<a href="{}">{}: {}</a>', link, self.who(parent), self.summary(parent))

    def change(self, request: HttpRequest, obj: Comment, form: Any) -> Comment:
        expected = form.expected
        comment = obj
        if "body" in form.changes:
            editor = moderator_of(request)
            _require_rewriting(editor, obj)
            comment = edit_comment(comment=obj, body=form.cleaned_data["body"], editor=editor, expected=expected)
            expected = {comment.version}
        if "status" not in form.changes:
            return comment
        status = form.cleaned_data["status"]
        return decide_comment(comment=comment, status=status, moderator=moderator_of(request), expected=expected)

    def remove(self, request: HttpRequest, obj: Comment) -> object:
        """The text goes for good; the place in the thread stays while visible replies hang on it."""
        if obj.status == Status.DELETED:
            return None
        moderator = moderator_of(request)
        if obj.author_id == moderator.pk:
            _require_rewriting(moderator, obj)
            return delete_comment(comment=obj)
        return decide_comment(comment=obj, status=Status.DELETED, moderator=moderator)

    @admin.action(description="Approve", permissions=["moderate"])
    def approve(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        self._decide(request, queryset, Status.VISIBLE, done="approved")

    @admin.action(description="Remove from sight (the text is kept)", permissions=["moderate"])
    def remove_from_sight(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        self._decide(request, queryset, Status.REMOVED, done="removed")

    @admin.action(description="Mark as spam", permissions=["moderate"])
    def mark_as_spam(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        self._decide(request, queryset, Status.SPAM, done="marked as spam")

    def _decide(self, request: HttpRequest, queryset: QuerySet[Comment], status: str, *, done: str) -> None:
        rows = queryset.exclude(status=status).select_related("author").defer(*LEAN[:4])
        moderator = moderator_of(request)
        self.run_on_each(
            request, rows, lambda row: decide_comment(comment=row, status=status, moderator=moderator), done=done
        )


class NewestFormSet(BaseInlineFormSet):
    """The newest comments; of a form that comes back, those that it was about."""

    moderator: User
    """Who sent the form."""

    def get_queryset(self) -> Any:
        if not hasattr(self, "_newest"):
            rows = super().get_queryset().order_by("-id")
            if self.is_bound:
                keys = (self.data.get(f"{self.prefix}-{index}-id", "") for index in range(INLINE_ROWS))
                rows = rows.filter(pk__in=[int(key) for key in keys if key.isdecimal() and len(key) < 19])
            self._newest = rows[:INLINE_ROWS]
        return self._newest

    def save(self, commit: bool = True) -> list[Comment]:
        """Decisions go through the service, each based on the version that was shown."""
        self.new_objects: list[Comment] = []
        self.deleted_objects: list[Comment] = []
        self.changed_objects: list[tuple[Comment, list[str]]] = []
        forms_shown: list[Any] = self.initial_forms
        for form in forms_shown:
            if "status" in form.changed_data:
                comment = decide_comment(
                    comment=form.instance,
                    status=form.cleaned_data["status"],
                    moderator=self.moderator,
                    expected=form.expected,
                )
                self.changed_objects.append((comment, ["status"]))
        return [comment for comment, _ in self.changed_objects]

    def save_m2m(self) -> None:
        """There is nothing of that kind."""


class CommentInline(CommentColumns, admin.TabularInline):
    """The newest comments under a post, with their status to decide on."""

    model = Comment
    form = CommentForm
    formset = NewestFormSet
    fields = ("summary", "who", "created_at", "status", "seen_version")
    readonly_fields = ("summary", "who", "created_at")
    verbose_name_plural = f"newest comments (up to {INLINE_ROWS}; all of them are under Comments)"
    extra = 0
    max_num = 0
    can_delete = False
    show_change_link = True

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        return type("RequestFormSet", (formset,), {"moderator": request.user})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).exclude(status=Status.DELETED)
        return rows.select_related("author").defer(*LEAN[:4])

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_moderate(request.user)


PostAdmin.inlines = [CommentInline]
