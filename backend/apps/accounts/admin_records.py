"""What the admin shows of sessions and of the security log: to look at, never to change."""

from ipaddress import ip_address
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from apps.accounts.models import SecurityEvent, Session, User
from apps.common.admin import ReadOnlyAdmin


class RecordAdmin(ReadOnlyAdmin):
    """Rows about people, found by a whole username or address."""

    people: ClassVar[tuple[str, ...]] = ("user",)
    """Columns that name an account."""
    search_fields = ("user__username", "address")
    search_help_text = "A whole username, or an address."

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """By indexes: the username is looked up first, so that not every row is joined with its account."""
        term = search_term.strip()
        if not term:
            return queryset, False
        user = User.objects.named(term).first()
        if user is not None:
            return queryset.filter(Q(*((column, user) for column in self.people), _connector=Q.OR)), False
        try:
            return queryset.filter(address=str(ip_address(term))), False
        except ValueError:
            return queryset.none(), False


@admin.register(Session)
class SessionAdmin(RecordAdmin):
    """Who is signed in to the API, from where, since when."""

    list_display = ("user", "address", "user_agent", "created_at", "used_at", "expires_at", "ended_at")
    list_filter = (("ended_at", admin.EmptyFieldListFilter),)
    list_select_related = ("user",)
    list_defer = ("user__password", "user__bio")
    date_hierarchy = "used_at"
    ordering = ("-used_at",)
    fields = ("user", "address", "user_agent", "created_at", "used_at", "expires_at", "ended_at")


@admin.register(SecurityEvent)
class SecurityEventAdmin(RecordAdmin):
    """What happened to accounts: sign-ins, tries that failed, who gave whom which role."""

    people = ("user", "by")
    list_display = ("created_at", "user", "kind", "detail", "by", "address", "user_agent")
    list_filter = ("kind", ("by", admin.EmptyFieldListFilter))
    list_select_related = ("user", "by")
    list_defer = ("user__password", "user__bio", "by__password", "by__bio")
    search_help_text = "A whole username, of whom it concerned or who did it, or an address."
    date_hierarchy = "created_at"
    ordering = ("-id",)
    fields = ("created_at", "user", "kind", "detail", "by", "address", "user_agent")
