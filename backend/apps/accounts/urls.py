"""Addresses of accounts."""

from django.urls import path

from apps.accounts.views import mail_codes, me, sign_in, tokens

app_name = "accounts"

urlpatterns = [
    path("auth/register", sign_in.RegisterView.as_view(), name="register"),
    path("auth/token", sign_in.TokenView.as_view(), name="token"),
    path("auth/token/refresh", sign_in.TokenRefreshView.as_view(), name="token-refresh"),
    path("auth/sign-out", sign_in.SignOutView.as_view(), name="sign-out"),
    path("auth/email/verify", mail_codes.VerifyEmailView.as_view(), name="verify-email"),
    path("auth/code", mail_codes.SignInCodeView.as_view(), name="code"),
    path("auth/code/resend", mail_codes.ResendCodeView.as_view(), name="code-resend"),
    path("auth/code/confirm", mail_codes.SignInByCodeView.as_view(), name="code-confirm"),
    path("auth/password/reset", mail_codes.PasswordResetView.as_view(), name="password-reset"),
    path("auth/password/reset/confirm", mail_codes.ResetPasswordView.as_view(), name="password-reset-confirm"),
    path("me", me.MeView.as_view(), name="me"),
    path("me/tokens", tokens.ApiTokenViewSet.as_view({"get": "list", "post": "create"}), name="tokens"),
    path(
        "me/tokens/<int:pk>",
        tokens.ApiTokenViewSet.as_view({"get": "retrieve", "delete": "destroy"}),
        name="token-detail",
    ),
]
