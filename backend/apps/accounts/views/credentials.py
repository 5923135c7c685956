"""Changing the password and the e-mail address."""

from typing import Any

from django.conf import settings
from rest_framework import status
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings

from apps.accounts.authentication import caller, require_confirmation, session_of
from apps.accounts.clients import client_of
from apps.accounts.docs import credentials as docs
from apps.accounts.email_change import begin_email_change, finish_email_change
from apps.accounts.errors import PasswordMissing
from apps.accounts.models import User
from apps.accounts.own_password import change_own_password, require_password
from apps.accounts.serializers import credentials as shapes
from apps.accounts.serializers.me import MeSerializer
from apps.accounts.views.sign_in import CredentialsView
from apps.common.views import ContractView


@docs.password
class PasswordView(CredentialsView):
    authentication_classes: Any = api_settings.DEFAULT_AUTHENTICATION_CLASSES
    permission_classes = [IsAuthenticated]

    def post(self, request: Request) -> Response:
        data = self.read(request, shapes.PasswordChangeSerializer)
        session, user, client = session_of(request), caller(request), client_of(request)
        if not user.has_usable_password():
            require_confirmation(request)
        elif "current_password" not in data:
            raise PasswordMissing
        else:
            require_password(user=user, given=data["current_password"], client=client)
        tokens = change_own_password(user=user, password=data["password"], methods=session.methods, client=client)
        return self.token_response(tokens, cookie=data["cookie"])


@docs.email
class EmailView(ContractView):
    permission_classes = [IsAuthenticated]
    answers_hold_credentials = True

    def post(self, request: Request) -> Response:
        serializer = shapes.EmailChangeSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        require_confirmation(request)
        token = begin_email_change(
            user=caller(request), email=serializer.validated_data["email"], client=client_of(request)
        )
        seconds = int(settings.CODE_LIFETIME.total_seconds())
        return Response({"challenge": token, "expires_in": seconds}, status=status.HTTP_202_ACCEPTED)


@docs.confirm_email
class ConfirmEmailView(ContractView):
    permission_classes = [IsAuthenticated]

    def post(self, request: Request) -> Response:
        session_of(request)
        serializer = shapes.EmailChangeConfirmSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        data = serializer.validated_data
        account = finish_email_change(
            user=caller(request),
            token=data["challenge"],
            code=data["code"],
            new_code=data["new_code"],
            client=client_of(request),
        )
        return Response(MeSerializer(User.objects.with_roles().get(pk=account.pk)).data)
