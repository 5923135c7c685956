"""Addresses of notifications."""

from django.urls import path, re_path

from apps.notifications.views.inbox import InboxView, NotificationView, SummaryView
from apps.notifications.views.settings import NotificationSettingsView, UnsubscribeView

app_name = "notifications"

urlpatterns = [
    path("me/notifications", InboxView.as_view(), name="inbox"),
    path("me/notifications/summary", SummaryView.as_view(), name="summary"),
    path("me/notifications/<int:pk>", NotificationView.as_view(), name="notification"),
    path("me/notification-settings", NotificationSettingsView.as_view(), name="settings"),
    re_path(r"^unsubscribe/(?P<token>[^/]{1,200})$", UnsubscribeView.as_view(), name="unsubscribe"),
]
