"""One's own picture over HTTP."""

from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.authentication import caller
from apps.accounts.models import User
from apps.accounts.serializers.me import MeSerializer
from apps.common.views import ContractView
from apps.media.docs import avatar as docs
from apps.media.parsers import UploadParser
from apps.media.serializers.avatar import AvatarUploadSerializer
from apps.media.services import remove_avatar, set_avatar


@docs.avatar
class AvatarView(ContractView):
    permission_classes = [IsAuthenticated]
    parser_classes = [UploadParser]

    def put(self, request: Request) -> Response:
        serializer = AvatarUploadSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        file = serializer.validated_data["file"]
        return self._answer(set_avatar(user=caller(request), file=file, size=file.size))

    def delete(self, request: Request) -> Response:
        return self._answer(remove_avatar(user=caller(request)))

    def _answer(self, user: User) -> Response:
        return Response(MeSerializer(User.objects.with_roles().get(pk=user.pk)).data)
