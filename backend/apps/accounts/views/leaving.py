"""Taking back that one's account be deleted. Asking for it is `DELETE /me`."""

from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.authentication import caller, session_of
from apps.accounts.clients import client_of
from apps.accounts.docs import leaving as docs
from apps.accounts.leaving import keep_account
from apps.accounts.models import User
from apps.accounts.serializers.me import MeSerializer
from apps.common.views import ContractView


@docs.keep
class KeepAccountView(ContractView):
    permission_classes = [IsAuthenticated]

    def post(self, request: Request) -> Response:
        session_of(request)
        account = keep_account(user=caller(request), client=client_of(request))
        return Response(MeSerializer(User.objects.with_roles().get(pk=account.pk)).data)
