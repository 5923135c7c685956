"""Signing up, in and out."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user, logout
from django.http import HttpRequest
from django.urls import reverse
from rest_framework import status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from apps.accounts import cookies, sessions
from apps.accounts.authentication import LenientAuthentication
from apps.accounts.clients import client_of
from apps.accounts.docs import sign_in as docs
from apps.accounts.errors import SessionOver
from apps.accounts.known_browsers import make_mark
from apps.accounts.models import Session
from apps.accounts.permissions import IsSignedOut
from apps.accounts.registration import begin_registration, register_account
from apps.accounts.serializers.me import MeSerializer
from apps.accounts.serializers.sign_in import RefreshSerializer, RegistrationSerializer, SignInSerializer
from apps.accounts.sign_in import NextStep, SignedIn, sign_in
from apps.accounts.tokens import TokenPair
from apps.common.idempotency import UnkeptResponse, idempotent
from apps.common.requests import django_request
from apps.common.views import ContractView


@docs.register
class RegisterView(ContractView):
    permission_classes = [IsSignedOut]

    @idempotent
    def post(self, request: Request) -> Response:
        serializer = RegistrationSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        client = client_of(request)
        if settings.EMAIL_VERIFICATION:
            token = begin_registration(**serializer.validated_data, client=client)
            step = {"step": "verify_email", "challenge": token, "methods": ["email_code"]}
            return UnkeptResponse(step, status=status.HTTP_202_ACCEPTED, headers={"Cache-Control": "no-store"})
        account = register_account(**serializer.validated_data, client=client)
        location = request.build_absolute_uri(reverse("profiles:detail", args=[account.username]))
        headers = {"Location": location, "Cache-Control": "private, no-cache"}
        return Response(MeSerializer(account).data, status=status.HTTP_201_CREATED, headers=headers)


class CredentialsView(ContractView):
    """Answers hold secrets, and an access token that has expired must not stand in the way of a new one."""

    authentication_classes: Any = []
    permission_classes = [AllowAny]
    answers_hold_credentials = True

    def read(self, request: Request, shape: type[Serializer[Any]]) -> dict[str, Any]:
        """The validated body. Where the answer would set the cookie, the request must come from our own origin."""
        serializer = shape(data=request.data)
        serializer.is_valid(raise_exception=True)
        data = dict(serializer.validated_data)
        if data.get("cookie"):
            cookies.require_own_origin(request)
        return data

    def token_response(self, tokens: TokenPair, *, cookie: bool) -> Response:
        body: dict[str, Any] = {"access": tokens.access, "expires_in": tokens.expires_in}
        if not cookie:
            body["refresh"] = tokens.refresh
        response = Response(body)
        if cookie:
            cookies.set_refresh_cookie(response, tokens.refresh)
        return response

    def sign_in_response(self, outcome: SignedIn | NextStep, *, cookie: bool) -> Response:
        """200 with tokens, or 202 with the step that is still missing."""
        if isinstance(outcome, SignedIn):
            response = self.token_response(outcome.tokens, cookie=cookie)
            if cookie:
                cookies.set_browser_cookie(response, make_mark(outcome.session.user))
            return response
        step = {"step": outcome.step, "challenge": outcome.challenge, "methods": outcome.methods}
        return Response(step, status=status.HTTP_202_ACCEPTED)


@docs.token
class TokenView(CredentialsView):
    def post(self, request: Request) -> Response:
        data = self.read(request, SignInSerializer)
        outcome = sign_in(request=django_request(request), name=data["username"], password=data["password"])
        return self.sign_in_response(outcome, cookie=data["cookie"])


@docs.refresh
class TokenRefreshView(CredentialsView):
    def post(self, request: Request) -> Response:
        serializer = RefreshSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = serializer.validated_data.get("refresh", "")
        if not given:
            cookies.require_own_origin(request)
        raw = given or cookies.refresh_cookie(request)
        if not raw:
            raise SessionOver
        _, tokens = sessions.rotate_session(raw, client=client_of(request))
        return self.token_response(tokens, cookie=not given)


@docs.sign_out
class SignOutView(CredentialsView):
    authentication_classes = [LenientAuthentication]

    def post(self, request: Request) -> Response:
        serializer = RefreshSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        cookie, admin_cookie = cookies.refresh_cookie(request), request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        if cookie or admin_cookie:
            cookies.require_own_origin(request)
        if admin_cookie:
            _leave_admin(django_request(request))
        for raw in filter(None, (serializer.validated_data.get("refresh"), cookie)):
            sessions.end_session_of(raw, client=client_of(request))
        if isinstance(request.auth, Session):
            sessions.end_session(request.auth, client=client_of(request))
        response = Response(status=status.HTTP_204_NO_CONTENT)
        cookies.drop_refresh_cookie(response)
        return response


def _leave_admin(request: HttpRequest) -> None:
    request.user = get_user(request)  # whoever is in the admin, not who calls the API
    logout(request)
