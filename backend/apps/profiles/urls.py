"""Addresses of profiles, of how people stand to each other, and of the personal feed."""

from django.urls import path

from apps.profiles.views.exports import ExportDownloadView, ExportView
from apps.profiles.views.feed import FeedView
from apps.profiles.views.people import UserViewSet
from apps.profiles.views.relations import BlocksView, BlockView, FollowingView, FollowView

app_name = "profiles"

urlpatterns = [
    path("users", UserViewSet.as_view({"get": "list"}), name="list"),
    path("users/<str:username>", UserViewSet.as_view({"get": "retrieve"}), name="detail"),
    path("users/<str:username>/follow", FollowView.as_view(), name="follow"),
    path("users/<str:username>/block", BlockView.as_view(), name="block"),
    path("me/following", FollowingView.as_view(), name="following"),
    path("me/blocks", BlocksView.as_view(), name="blocks"),
    path("me/export", ExportView.as_view(), name="export"),
    path("me/export/download", ExportDownloadView.as_view(), name="export-download"),
    path("me/feed", FeedView.as_view(), name="feed"),
]
