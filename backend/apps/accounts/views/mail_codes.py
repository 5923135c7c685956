"""Proving who one is by a code from a mail: verifying the address, signing in, setting another password."""

from typing import ClassVar

from django.conf import settings
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts import mail_codes
from apps.accounts.challenges import Purpose
from apps.accounts.clients import client_of
from apps.accounts.docs import mail_codes as docs
from apps.accounts.serializers import mail_codes as shapes
from apps.accounts.views.sign_in import CredentialsView


class AskForCodeView(CredentialsView):
    """Answers the same whether there is such an account or not."""

    purpose: ClassVar[Purpose]

    def post(self, request: Request) -> Response:
        name = self.read(request, shapes.AskForCodeSerializer)["username"]
        token = mail_codes.ask_for_code(purpose=self.purpose, name=name, client=client_of(request))
        seconds = int(settings.CODE_LIFETIME.total_seconds())
        return Response({"challenge": token, "expires_in": seconds}, status=status.HTTP_202_ACCEPTED)


@docs.ask_sign_in_code
class SignInCodeView(AskForCodeView):
    purpose = Purpose.SIGN_IN_CODE

    def post(self, request: Request) -> Response:
        return super().post(request)


@docs.ask_reset_code
class PasswordResetView(AskForCodeView):
    purpose = Purpose.RESET_PASSWORD

    def post(self, request: Request) -> Response:
        return super().post(request)


@docs.resend_code
class ResendCodeView(CredentialsView):
    def post(self, request: Request) -> Response:
        token = self.read(request, shapes.OpenStepSerializer)["challenge"]
        mail_codes.resend_code(token=token, client=client_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


@docs.verify_email
class VerifyEmailView(CredentialsView):
    def post(self, request: Request) -> Response:
        data = self.read(request, shapes.CodeSerializer)
        outcome = mail_codes.verify_email(token=data["challenge"], code=data["code"], client=client_of(request))
        return self.sign_in_response(outcome, cookie=data["cookie"])


@docs.sign_in_by_code
class SignInByCodeView(CredentialsView):
    def post(self, request: Request) -> Response:
        data = self.read(request, shapes.CodeSerializer)
        outcome = mail_codes.sign_in_by_code(token=data["challenge"], code=data["code"], client=client_of(request))
        return self.sign_in_response(outcome, cookie=data["cookie"])


@docs.reset_password
class ResetPasswordView(CredentialsView):
    def post(self, request: Request) -> Response:
        data = self.read(request, shapes.ResetPasswordSerializer)
        outcome = mail_codes.reset_password(
            token=data["challenge"], code=data["code"], password=data["password"], client=client_of(request)
        )
        return self.sign_in_response(outcome, cookie=data["cookie"])
