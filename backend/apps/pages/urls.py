"""Addresses of standing pages."""

from django.urls import path, re_path

from apps.common.slugs import SLUG_PATTERN
from apps.pages import views

app_name = "pages"

urlpatterns = [
    path("pages", views.PageViewSet.as_view({"get": "list"}), name="pages"),
    re_path(rf"^pages/(?P<slug>{SLUG_PATTERN})$", views.PageViewSet.as_view({"get": "retrieve"}), name="page"),
]
