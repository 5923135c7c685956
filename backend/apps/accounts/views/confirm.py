"""Confirming who one is in the middle of a session, and the way into the Django admin."""

from rest_framework import status
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts import cookies
from apps.accounts.admin_entry import enter_admin
from apps.accounts.authentication import require_confirmation, session_of
from apps.accounts.clients import client_of
from apps.accounts.docs import factors as docs
from apps.accounts.factors import proofs
from apps.accounts.serializers.factors import ConfirmationSerializer, PasskeyConfirmationSerializer
from apps.common.requests import django_request
from apps.common.views import ContractView


class ConfirmationView(ContractView):
    permission_classes = [IsAuthenticated]
    answers_hold_credentials = True


@docs.confirm
class ConfirmView(ConfirmationView):
    def post(self, request: Request) -> Response:
        session = session_of(request)
        serializer = ConfirmationSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        data = serializer.validated_data
        if "password" in data:
            proofs.confirm_by_password(session=session, password=data["password"], client=client_of(request))
        else:
            proofs.confirm_by_code(session=session, code=data["code"], client=client_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


@docs.confirm_options
class ConfirmPasskeyOptionsView(ConfirmationView):
    def post(self, request: Request) -> Response:
        http = django_request(request)
        token, options = proofs.passkey_options_for_confirming(user=session_of(request).user, request=http)
        return Response({"challenge": token, "options": options})


@docs.confirm_passkey
class ConfirmPasskeyView(ConfirmationView):
    def post(self, request: Request) -> Response:
        session = session_of(request)
        serializer = PasskeyConfirmationSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        proofs.confirm_by_passkey(
            session=session,
            token=serializer.validated_data["challenge"],
            credential=serializer.validated_data["credential"],
            request=django_request(request),
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


@docs.admin_session
class AdminSessionView(ConfirmationView):
    def post(self, request: Request) -> Response:
        cookies.require_own_origin(request)
        enter_admin(session=require_confirmation(request), request=django_request(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
