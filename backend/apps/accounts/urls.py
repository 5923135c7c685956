"""Addresses of accounts."""

from django.urls import path

from apps.accounts.views import (
    confirm,
    credentials,
    factors,
    leaving,
    mail_codes,
    me,
    second_step,
    sessions,
    sign_in,
    tokens,
)

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
    path("auth/second-factor", second_step.SecondFactorView.as_view(), name="second-factor"),
    path(
        "auth/second-factor/passkey-options",
        second_step.SecondFactorPasskeyOptionsView.as_view(),
        name="second-factor-passkey-options",
    ),
    path("auth/second-factor/passkey", second_step.SecondFactorPasskeyView.as_view(), name="second-factor-passkey"),
    path("auth/passkey/options", second_step.PasskeySignInOptionsView.as_view(), name="passkey-sign-in-options"),
    path("auth/passkey", second_step.PasskeySignInView.as_view(), name="passkey-sign-in"),
    path("auth/confirm", confirm.ConfirmView.as_view(), name="confirm"),
    path("auth/confirm/passkey-options", confirm.ConfirmPasskeyOptionsView.as_view(), name="confirm-passkey-options"),
    path("auth/confirm/passkey", confirm.ConfirmPasskeyView.as_view(), name="confirm-passkey"),
    path("auth/admin-session", confirm.AdminSessionView.as_view(), name="admin-session"),
    path("auth/factors", factors.FactorsView.as_view(), name="factors"),
    path("auth/totp", factors.TotpView.as_view(), name="totp"),
    path("auth/totp/confirm", factors.TotpConfirmView.as_view(), name="totp-confirm"),
    path("auth/recovery-codes", factors.RecoveryCodesView.as_view(), name="recovery-codes"),
    path("auth/passkeys/options", factors.PasskeyCreationView.as_view(), name="passkey-creation"),
    path("auth/passkeys", factors.PasskeysView.as_view(), name="passkeys"),
    path("auth/passkeys/<int:passkey_id>", factors.PasskeyView.as_view(), name="passkey"),
    path("auth/password", credentials.PasswordView.as_view(), name="password"),
    path("auth/email", credentials.EmailView.as_view(), name="email"),
    path("auth/email/confirm", credentials.ConfirmEmailView.as_view(), name="email-confirm"),
    path("me", me.MeView.as_view(), name="me"),
    path("me/keep", leaving.KeepAccountView.as_view(), name="keep"),
    path("me/sessions", sessions.SessionViewSet.as_view({"get": "list", "delete": "end_others"}), name="sessions"),
    path("me/sessions/<uuid:pk>", sessions.SessionViewSet.as_view({"delete": "end"}), name="session"),
    path("me/security-events", sessions.SecurityEventsView.as_view(), name="security-events"),
    path("me/tokens", tokens.ApiTokenViewSet.as_view({"get": "list", "post": "create"}), name="tokens"),
    path(
        "me/tokens/<int:pk>",
        tokens.ApiTokenViewSet.as_view({"get": "retrieve", "delete": "destroy"}),
        name="token-detail",
    ),
]
