"""The caller's own account."""

from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.authentication import caller, require_confirmation
from apps.accounts.clients import client_of
from apps.accounts.docs import me as docs
from apps.accounts.docs.leaving import delete_me
from apps.accounts.leaving import ask_for_deletion
from apps.accounts.models import User
from apps.accounts.scopes import Scope
from apps.accounts.serializers.leaving import DeletionSerializer
from apps.accounts.serializers.me import MeSerializer, ProfileChangeSerializer
from apps.accounts.services import update_profile
from apps.common.conditional import expected_versions
from apps.common.schema import describe
from apps.common.views import ContractView


@docs.me
@describe(delete=delete_me)
class MeView(ContractView):
    permission_classes = [IsAuthenticated]
    scopes = {"get": Scope.ACCOUNT_READ}

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

    def delete(self, request: Request) -> Response:
        session = require_confirmation(request)
        serializer = DeletionSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        account = ask_for_deletion(
            user=caller(request), client=client_of(request), session=session, **serializer.validated_data
        )
        return self._answer(account, status=202)

    def _answer(self, user: User, *, status: int = 200) -> Response:
        return Response(MeSerializer(User.objects.with_roles().get(pk=user.pk)).data, status=status)
