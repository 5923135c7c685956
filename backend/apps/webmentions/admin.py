"""Mentions in the admin: to look at. What is shown of them is decided on under Comments, or in the queue."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from apps.comments.policies import can_moderate
from apps.common.admin import ReadOnlyAdmin
from apps.webmentions.models import ReceivedMention, SentMention
from apps.webmentions.services.receiving import check_again


@admin.register(ReceivedMention)
class ReceivedMentionAdmin(ReadOnlyAdmin):
    list_display = ("source", "post_title", "status", "shown_as", "detail", "received_at", "checked_at")
    list_filter = ("status", "received_at")
    list_select_related = ("post", "comment")
    list_defer = ("post__body", "post__body_html", "comment__body", "comment__body_html")
    search_fields = ("source",)
    search_help_text = "A part of the page’s address"
    ordering = ("-id",)
    actions = ("look_again",)
    fields = ("source", "target", "post_title", "status", "detail", "shown_as", "received_at", "checked_at")
    readonly_fields = ("post_title", "shown_as")

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return can_moderate(request.user)

    @admin.display(description="post")
    def post_title(self, mention: ReceivedMention) -> str:
        return format_html('<a href="{}">{}</a>', mention.post.get_absolute_url(), mention.post)

    @admin.display(description="shown as")
    def shown_as(self, mention: ReceivedMention) -> str:
        if mention.comment is None:
            return "–"
        link = reverse("admin:comments_comment_change", args=[mention.comment.pk])
        return format_html('<a href="{}">comment, {}</a>', link, mention.comment.get_status_display())

    @admin.action(description="Look at the page again", permissions=["moderate"])
    def look_again(self, request: HttpRequest, queryset: QuerySet[ReceivedMention]) -> None:
        self.run_on_each(request, queryset, check_again, done="to be looked at again")


@admin.register(SentMention)
class SentMentionAdmin(ReadOnlyAdmin):
    list_display = ("target", "source", "status", "detail", "told_at")
    list_filter = ("status",)
    search_fields = ("target",)
    search_help_text = "A part of the page’s address"
    ordering = ("-id",)
    fields = ("target", "source", "status", "detail", "attempts", "told_at")
