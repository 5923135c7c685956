"""Addresses of profiles."""

from django.urls import path

from apps.profiles.views import UserViewSet

app_name = "profiles"

urlpatterns = [
    path("users", UserViewSet.as_view({"get": "list"}), name="list"),
    path("users/<str:username>", UserViewSet.as_view({"get": "retrieve"}), name="detail"),
]
