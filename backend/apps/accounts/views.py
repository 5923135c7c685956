"""Sign-up, tokens, and the caller's own account."""

from typing import Any, ClassVar

from django.urls import reverse
from rest_framework import status
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts import cookies, docs, sessions
from apps.accounts.authentication import LenientAuthentication, caller
from apps.accounts.errors import SessionOver
from apps.accounts.models import Session, User
from apps.accounts.permissions import IsSignedOut
from apps.accounts.registration import register_account
from apps.accounts.serializers import (
    MeSerializer,
    ProfileChangeSerializer,
    RefreshSerializer,
    RegistrationSerializer,
    SignInSerializer,
)
from apps.accounts.services import update_profile
from apps.accounts.sign_in import sign_in
from apps.accounts.tokens import TokenPair
from apps.common.conditional import expected_versions
from apps.common.idempotency import idempotent
from apps.common.views import ContractView


@docs.register
class RegisterView(ContractView):
    permission_classes = [IsSignedOut]

    @idempotent
    def post(self, request: Request) -> Response:
        serializer = RegistrationSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        account = register_account(**serializer.validated_data)
        location = request.build_absolute_uri(reverse("profiles:detail", args=[account.username]))
        headers = {"Location": location, "Cache-Control": "private, no-cache"}
        return Response(MeSerializer(account).data, status=status.HTTP_201_CREATED, headers=headers)


class _CredentialsView(ContractView):
    """Answers hold secrets, and an access token that has expired must not stand in the way of a new one."""

    authentication_classes: Any = []
    permission_classes = [AllowAny]
    answers_hold_credentials: ClassVar[bool] = True

    def token_response(self, tokens: TokenPair, *, cookie: bool) -> Response:
        body: dict[str, Any] = {"access": tokens.access, "expires_in": tokens.expires_in}
        if not cookie:
            body["refresh"] = tokens.refresh
        response = Response(body)
        if cookie:
            cookies.set_refresh_cookie(response, tokens.refresh)
        return response


@docs.token
class TokenView(_CredentialsView):
    def post(self, request: Request) -> Response:
        serializer = SignInSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        data = serializer.validated_data
        if data["cookie"]:
            cookies.require_own_origin(request)
        _, tokens = sign_in(request=request._request, name=data["username"], password=data["password"])  # noqa: SLF001
        return self.token_response(tokens, cookie=data["cookie"])


@docs.refresh
class TokenRefreshView(_CredentialsView):
    def post(self, request: Request) -> Response:
        serializer = RefreshSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = serializer.validated_data.get("refresh", "")
        if not given:
            cookies.require_own_origin(request)
        raw = given or cookies.refresh_cookie(request)
        if not raw:
            raise SessionOver
        _, tokens = sessions.rotate_session(raw)
        return self.token_response(tokens, cookie=not given)


@docs.sign_out
class SignOutView(_CredentialsView):
    authentication_classes = [LenientAuthentication]

    def post(self, request: Request) -> Response:
        serializer = RefreshSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        cookie = cookies.refresh_cookie(request)
        if cookie:
            cookies.require_own_origin(request)
        for raw in filter(None, (serializer.validated_data.get("refresh"), cookie)):
            sessions.end_session_of(raw)
        if isinstance(request.auth, Session):
            sessions.end_session(request.auth)
        response = Response(status=status.HTTP_204_NO_CONTENT)
        cookies.drop_refresh_cookie(response)
        return response


@docs.me
class MeView(ContractView):
    permission_classes = [IsAuthenticated]

    def get(self, request: Request) -> Response:
        return self._answer(caller(request))

    def patch(self, request: Request) -> Response:
        serializer = ProfileChangeSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        header = request.headers.get("If-Match")
        account = update_profile(
            user=caller(request),
            changes=serializer.validated_data,
            expected=expected_versions(header) if header else None,
        )
        return self._answer(account)

    def _answer(self, user: User) -> Response:
        return Response(MeSerializer(User.objects.with_roles().get(pk=user.pk)).data)
