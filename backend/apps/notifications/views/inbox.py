"""The inbox of the caller."""

from collections.abc import Sequence
from typing import Any, ClassVar

from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.authentication import caller
from apps.accounts.models import User
from apps.accounts.scopes import Scope
from apps.common.pagination import Order, PageQuery
from apps.common.views import ContractView
from apps.notifications import docs, inbox
from apps.notifications.models import Notification
from apps.notifications.serializers import (
    NotificationMarkSerializer,
    NotificationsMarkSerializer,
    represent_notification,
)

LATEST = Order("latest", ("-happened_at", "-id"))


class InboxQuery(PageQuery):
    unread = serializers.BooleanField(required=False, help_text="Only those that were not read.")


def _represent(rows: Sequence[Notification], user: User) -> list[dict[str, Any]]:
    people = inbox.load_people(rows, user)
    return [represent_notification(row, people[row.pk]) for row in rows]


def _find(user: User, pk: int) -> Notification:
    row: Notification | None = Notification.objects.inbox_of(user).for_list().filter(pk=pk).first()
    if row is None:
        raise NotFound("There is no such notification.")
    return row


@docs.inbox
class InboxView(ContractView):
    permission_classes = [IsAuthenticated]
    scopes = {"get": Scope.ACCOUNT_READ}
    query_serializers: ClassVar[Any] = {"get": InboxQuery}

    def get(self, request: Request) -> Response:
        user = caller(request)
        rows = Notification.objects.inbox_of(user).for_list()
        page = self.page(rows.unread() if self.query.get("unread") else rows, LATEST)
        return self.page_response(page, _represent(page.rows, user))

    def patch(self, request: Request) -> Response:
        serializer = NotificationsMarkSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        inbox.mark_all_read(caller(request), up_to=serializer.validated_data.get("up_to"))
        return Response(status=status.HTTP_204_NO_CONTENT)


@docs.one
class NotificationView(ContractView):
    permission_classes = [IsAuthenticated]
    scopes = {"get": Scope.ACCOUNT_READ}

    def get(self, request: Request, pk: int) -> Response:
        user = caller(request)
        return Response(_represent([_find(user, pk)], user)[0])

    def patch(self, request: Request, pk: int) -> Response:
        user = caller(request)
        row = _find(user, pk)
        serializer = NotificationMarkSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        inbox.mark(row, read=serializer.validated_data["read"])
        return Response(_represent([row], user)[0])


@docs.summary
class SummaryView(ContractView):
    permission_classes = [IsAuthenticated]
    scopes = {"get": Scope.ACCOUNT_READ}

    def get(self, request: Request) -> Response:
        return Response({"unread": inbox.count_unread(caller(request))})
