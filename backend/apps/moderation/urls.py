"""Addresses of reports, the queue, decisions, appeals and rules."""

from django.urls import path, re_path

from apps.moderation.views import decisions, queue, reports, rules

app_name = "moderation"

urlpatterns = [
    path("reports", reports.ReportsView.as_view(), name="reports"),
    path("me/reports", reports.OwnReportsView.as_view(), name="my-reports"),
    path("me/decisions", decisions.OwnDecisionsView.as_view(), name="my-decisions"),
    path("moderation/queue", queue.QueueView.as_view(), name="queue"),
    path("moderation/summary", queue.SummaryView.as_view(), name="summary"),
    path("moderation/decisions", decisions.DecisionsView.as_view(), name="decisions"),
    path(
        "moderation/appeals",
        decisions.AppealViewSet.as_view({"get": "list", "post": "create"}),
        name="appeals",
    ),
    path("moderation/appeals/by-link", decisions.LinkedAppealView.as_view(), name="appeal-by-link"),
    path("moderation/rules", rules.RuleViewSet.as_view({"get": "list", "post": "create"}), name="rules"),
    path("moderation/rules/try", rules.RuleViewSet.as_view({"post": "try_out"}), name="try-rule"),
    re_path(
        r"^moderation/rules/(?P<pk>[0-9]{1,15})$",
        rules.RuleViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="rule",
    ),
]
