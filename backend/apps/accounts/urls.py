"""Addresses of accounts."""

from django.urls import path

from apps.accounts.views import me, sign_in

app_name = "accounts"

urlpatterns = [
    path("auth/register", sign_in.RegisterView.as_view(), name="register"),
    path("auth/token", sign_in.TokenView.as_view(), name="token"),
    path("auth/token/refresh", sign_in.TokenRefreshView.as_view(), name="token-refresh"),
    path("auth/sign-out", sign_in.SignOutView.as_view(), name="sign-out"),
    path("me", me.MeView.as_view(), name="me"),
]
