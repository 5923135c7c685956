"""Addresses of uploads."""

from django.urls import path

from apps.media.views import AvatarView

app_name = "media"

urlpatterns = [path("me/avatar", AvatarView.as_view(), name="avatar")]
