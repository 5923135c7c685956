"""The admin of the outbox, and what the admins of all apps are built on."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import Truncator

from apps.common.admin.base import MAX_BULK, ReadOnlyAdmin, ServiceAdmin, ServiceForm
from apps.common.models import OutboxMessage

__all__ = ["MAX_BULK", "ReadOnlyAdmin", "ServiceAdmin", "ServiceForm"]

WAITING = Q(done_at__isnull=True, failed_at__isnull=True)
STATES = {
    "waiting": WAITING & Q(attempts=0),
    "retrying": WAITING & Q(attempts__gt=0),
    "failed": Q(failed_at__isnull=False),
    "done": Q(done_at__isnull=False),
}


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(state, state.capitalize()) for state in STATES]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        state = STATES.get(self.value() or "")
        return queryset if state is None else queryset.filter(state)


@admin.register(OutboxMessage)
class OutboxMessageAdmin(ReadOnlyAdmin):
    """What has to follow from writes: read, and given another try where it was given up."""

    list_display = ("event", "subscriber", "state", "attempts", "created_at", "due_at", "error")
    list_filter = (StateFilter,)
    search_fields = ("event", "subscriber")
    date_hierarchy = "created_at"
    ordering = ("-id",)
    actions = ("retry",)
    list_defer = ("payload",)

    @admin.display(description="state")
    def state(self, message: OutboxMessage) -> str:
        if message.done_at:
            return "done"
        if message.failed_at:
            return "failed"
        return "retrying" if message.attempts else "waiting"

    @admin.display(description="last error")
    def error(self, message: OutboxMessage) -> str:
        return Truncator(message.last_error).chars(90)

    @admin.action(description="Try the selected messages again now", permissions=["view"])
    def retry(self, request: HttpRequest, queryset: QuerySet[OutboxMessage]) -> None:
        again = queryset.filter(done_at__isnull=True, attempts__gt=0)
        count = again.update(failed_at=None, attempts=0, due_at=timezone.now())
        self.message_user(request, f"{count} will be tried again at once.", messages.SUCCESS)
