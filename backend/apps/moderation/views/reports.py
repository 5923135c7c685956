"""Reporting, over HTTP."""

from rest_framework import status
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.authentication import caller
from apps.accounts.scopes import Scope
from apps.common.idempotency import idempotent
from apps.common.pagination import Order, PageQuery
from apps.common.views import ContractView
from apps.moderation.context import Subjects
from apps.moderation.docs import reports as docs
from apps.moderation.models import Report
from apps.moderation.serializers.reports import OwnReportSerializer, ReportAnswerSerializer, ReportWriteSerializer
from apps.moderation.services import reports
from apps.moderation.services.cases import target_of

LATEST = Order("reports", ("-id",))


@docs.reports
class ReportsView(ContractView):
    permission_classes = [IsAuthenticated]
    scopes = {"post": Scope.COMMENTS_WRITE}

    @idempotent
    def post(self, request: Request) -> Response:
        serializer = ReportWriteSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = serializer.validated_data
        user = caller(request)
        names = {name: given.get(name) for name in ("post", "comment", "person")}
        target = reports.find_subject(user, **names)
        report, is_new = reports.report(reporter=user, target=target, reason=given["reason"], detail=given["detail"])
        code = status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
        return Response(ReportAnswerSerializer(report).data, status=code)


@docs.own_reports
class OwnReportsView(ContractView):
    permission_classes = [IsAuthenticated]
    scopes = {"get": Scope.ACCOUNT_READ}
    query_serializers = {"get": PageQuery}

    def get(self, request: Request) -> Response:
        user = caller(request)
        rows = Report.objects.filter(reporter=user)
        page = self.page(rows.select_related("case__post", "case__comment", "case__person"), LATEST)
        targets = {report.pk: target_of(report.case) for report in page.rows}
        known = Subjects(((target.kind, target.pk) for target in targets.values()), user=user)
        subjects = {pk: known.of(target.kind, target.pk) for pk, target in targets.items()}
        shown = OwnReportSerializer(page.rows, many=True, context={"subjects": subjects})
        return self.page_response(page, list(shown.data))
