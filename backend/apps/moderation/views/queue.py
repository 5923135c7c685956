"""The queue, over HTTP."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.authentication import caller
from apps.accounts.scopes import Scope
from apps.common.pagination import Order, PageQuery
from apps.common.views import ContractView
from apps.moderation.context import Background
from apps.moderation.docs import queue as docs
from apps.moderation.models import Appeal, Case
from apps.moderation.permissions import IsModerator
from apps.moderation.serializers.queue import CaseSerializer, SummarySerializer

ORDERS = {"open": Order("open", ("id",)), "closed": Order("closed", ("-closed_at", "-id"))}
MANY = 1000
"""The summary counts no further."""


class QueueQuery(PageQuery):
    show = serializers.ChoiceField(required=False, choices=list(ORDERS), default="open")


def with_subjects(cases: QuerySet[Case]) -> QuerySet[Case]:
    """With what they are about: one query."""
    rows = cases.select_related("rule", "person", "post", "post__author", "comment", "comment__author", "comment__post")
    return rows.defer("comment__post__body", "comment__post__body_html", "post__body")


@docs.queue
class QueueView(ContractView):
    permission_classes = [IsModerator]
    scopes = {"get": Scope.MODERATION}
    query_serializers = {"get": QueueQuery}

    def get(self, request: Request) -> Response:
        show = self.query["show"]
        cases = Case.objects.for_moderator(request.user)
        cases = cases.open() if show == "open" else cases.closed()
        page = self.page(with_subjects(cases), ORDERS[show])
        context: dict[str, Any] = {"background": Background(page.rows)}
        return self.page_response(page, list(CaseSerializer(page.rows, many=True, context=context).data))


@docs.summary
class SummaryView(ContractView):
    permission_classes = [IsModerator]
    scopes = {"get": Scope.MODERATION}

    def get(self, request: Request) -> Response:
        user = caller(request)
        cases = Case.objects.for_moderator(user).open()[:MANY]
        appeals = Appeal.objects.filter(state=Appeal.State.OPEN).exclude(decision__moderator_id=user.pk)
        counts = {"open": cases.count(), "appeals": appeals.exclude(appellant=user)[:MANY].count()}
        return Response(SummarySerializer(counts).data)
