"""What the admin shows of sessions and of the security log: to look at, never to change."""

from ipaddress import ip_address

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from apps.accounts.models import SecurityEvent, Session, User
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
    search_fields = ("user__username", "address")
    search_help_text = "A username, of whom it concerned or who did it, or an address."
    date_hierarchy = "created_at"
    ordering = ("-id",)
    fields = ("created_at", "user", "kind", "detail", "by", "address", "user_agent")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[SecurityEvent], search_term: str
    ) -> tuple[QuerySet[SecurityEvent], bool]:
        """By indexes: the username is looked up first, so that not every event is joined with its account."""
        term = search_term.strip()
        if not term:
            return queryset, False
        user = User.objects.named(term).first()
        if user is not None:
            return queryset.filter(Q(user=user) | Q(by=user)), False
        try:
            return queryset.filter(address=str(ip_address(term))), False
        except ValueError:
            return queryset.none(), False
