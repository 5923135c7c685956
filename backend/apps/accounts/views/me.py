"""The caller's own account."""

from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.authentication import caller
from apps.accounts.docs import me as docs
from apps.accounts.models import User
from apps.accounts.scopes import Scope
from apps.accounts.serializers.me import MeSerializer, ProfileChangeSerializer
from apps.accounts.services import update_profile
from apps.common.conditional import expected_versions
from apps.common.views import ContractView


@docs.me
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

    def _answer(self, user: User) -> Response:
        return Response(MeSerializer(User.objects.with_roles().get(pk=user.pk)).data)
