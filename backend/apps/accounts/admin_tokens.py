"""Personal API tokens in the admin: to see what programs are about, and to stop one."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from apps.accounts.api_tokens import revoke_token
from apps.accounts.clients import client_of
from apps.accounts.models import ApiToken
from apps.common.admin import ReadOnlyAdmin
from apps.common.errors import InvalidState


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("good", "Good"), ("expired", "Expired"), ("revoked", "Revoked")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ApiToken]) -> QuerySet[ApiToken]:
        now = timezone.now()
        match self.value():
            case "good":
                return queryset.filter(revoked_at__isnull=True, expires_at__gt=now)
            case "expired":
                return queryset.filter(revoked_at__isnull=True, expires_at__lte=now)
            case "revoked":
                return queryset.filter(revoked_at__isnull=False)
        return queryset


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    """Whose tokens there are, what they open, and when they were last used; their texts are nowhere."""

    list_display = ("user", "name", "hint", "opens", "created_at", "expires_at", "last_used_at", "revoked_at")
    list_filter = (StateFilter,)
    list_select_related = ("user",)
    list_defer = ("user__password", "user__bio")
    search_fields = ("=user__username", "=hint")
    date_hierarchy = "created_at"
    ordering = ("-id",)
    fields = (
        *("user", "name", "hint", "opens", "created_at", "expires_at"),
        *("last_used_at", "last_used_address", "revoked_at"),
    )
    readonly_fields = ("opens",)
    actions = ("revoke",)

    @admin.display(description="scopes")
    def opens(self, token: ApiToken) -> str:
        return ", ".join(token.scopes)

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("accounts.change_apitoken"))

    @admin.action(description="Revoke", permissions=["revoke"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiToken]) -> None:
        by: Any = request.user

        def step(token: ApiToken) -> None:
            if not revoke_token(token=token, client=client_of(request), by=by):
                raise InvalidState("It was revoked before.")

        self.run_on_each(request, queryset.select_related("user"), step, done="revoked")
