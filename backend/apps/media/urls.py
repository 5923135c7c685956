"""Addresses of uploads."""

from django.urls import path

from apps.media.views.avatar import AvatarView
from apps.media.views.images import ImageViewSet, LibraryViewSet
from apps.media.views.uploads import UploadsView, UploadView

app_name = "media"

urlpatterns = [
    path("me/avatar", AvatarView.as_view(), name="avatar"),
    path("images", LibraryViewSet.as_view({"get": "list", "post": "create"}), name="images"),
    path("images/uploads", UploadsView.as_view(), name="uploads"),
    path("images/uploads/<uuid:pk>", UploadView.as_view(), name="upload"),
    path(
        "images/<int:pk>",
        ImageViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="image",
    ),
]
