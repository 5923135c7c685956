"""What the admin shows of sessions and of the security log: to look at, never to change."""

from django.contrib import admin

from apps.accounts.models import SecurityEvent, Session
from apps.common.admin import ReadOnlyAdmin


@admin.register(Session)
class SessionAdmin(ReadOnlyAdmin):
    """Who is signed in to the API, from where, since when."""

    list_display = ("user", "address", "user_agent", "created_at", "used_at", "expires_at", "ended_at")
    list_filter = (("ended_at", admin.EmptyFieldListFilter),)
    list_select_related = ("user",)
    list_defer = ("user__password", "user__bio")
    search_fields = ("=user__username", "address")
    date_hierarchy = "used_at"
    ordering = ("-used_at",)
    fields = ("user", "address", "user_agent", "created_at", "used_at", "expires_at", "ended_at")


@admin.register(SecurityEvent)
class SecurityEventAdmin(ReadOnlyAdmin):
    """What happened to accounts: sign-ins, tries that failed, who gave whom which role."""

    list_display = ("created_at", "user", "kind", "detail", "by", "address", "user_agent")
    list_filter = ("kind", ("by", admin.EmptyFieldListFilter))
    list_select_related = ("user", "by")
    list_defer = ("user__password", "user__bio", "by__password", "by__bio")
    search_fields = ("=user__username", "=address")
    date_hierarchy = "created_at"
    ordering = ("-id",)
    fields = ("created_at", "user", "kind", "detail", "by", "address", "user_agent")
