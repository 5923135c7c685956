"""Addresses of accounts."""

from django.urls import path

from apps.accounts import views

app_name = "accounts"

urlpatterns = [
    path("auth/register", views.RegisterView.as_view(), name="register"),
    path("auth/token", views.TokenView.as_view(), name="token"),
    path("auth/token/refresh", views.TokenRefreshView.as_view(), name="token-refresh"),
    path("auth/sign-out", views.SignOutView.as_view(), name="sign-out"),
    path("me", views.MeView.as_view(), name="me"),
]
