"""What the admin shows of sessions and of the security log: to look at, never to change."""

from django.contrib import admin
from django.core.paginator import Paginator
from django.http import HttpRequest

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
