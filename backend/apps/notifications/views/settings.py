"""How the caller hears of what, and the end of mails for whoever has a link from one."""

from django.db import transaction
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.authentication import caller
from apps.accounts.scopes import Scope
from apps.common.views import ContractView
from apps.notifications import docs
from apps.notifications.preferences import all_wishes, set_wish
from apps.notifications.serializers import NotificationSettingsWriteSerializer, represent_settings
from apps.notifications.unsubscribing import unsubscribe


@docs.settings
class NotificationSettingsView(ContractView):
    permission_classes = [IsAuthenticated]
    scopes = {"get": Scope.ACCOUNT_READ}

    def get(self, request: Request) -> Response:
        return Response(represent_settings(all_wishes(caller(request))))

    def patch(self, request: Request) -> Response:
        serializer = NotificationSettingsWriteSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        user = caller(request)
        with transaction.atomic():
            for change in serializer.validated_data["settings"]:
                set_wish(user=user, **change)
        return Response(represent_settings(all_wishes(user)))


@docs.unsubscribing
class UnsubscribeView(ContractView):
    """Nobody is asked who they are, and no credential is looked at: the token is all that counts."""

    authentication_classes = []
    permission_classes = []

    def post(self, request: Request, token: str) -> Response:
        return Response({"kind": unsubscribe(token)})
