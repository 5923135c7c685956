"""Addresses of reports, the queue, decisions, appeals and rules."""

from django.urls import path, re_path

from apps.moderation.views import rules

app_name = "moderation"

urlpatterns = [
    path("moderation/rules", rules.RuleViewSet.as_view({"get": "list", "post": "create"}), name="rules"),
    path("moderation/rules/try", rules.RuleViewSet.as_view({"post": "try_out"}), name="try-rule"),
    re_path(
        r"^moderation/rules/(?P<pk>[0-9]{1,15})$",
        rules.RuleViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="rule",
    ),
]
