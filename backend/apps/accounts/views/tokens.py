"""Personal API tokens of the caller."""

from django.db.models import QuerySet
from django.urls import reverse
from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.api_tokens import make_token, revoke_token
from apps.accounts.authentication import caller, require_confirmation
from apps.accounts.clients import client_of
from apps.accounts.docs import tokens as docs
from apps.accounts.models import ApiToken
from apps.accounts.scopes import Scope
from apps.accounts.serializers.tokens import ApiTokenCreateSerializer, ApiTokenSerializer, NewApiTokenSerializer
from apps.common.pagination import Order, PageQuery
from apps.common.views import ContractViewSet

NEWEST = Order("newest", ("-id",))


@docs.tokens
class ApiTokenViewSet(ContractViewSet):
    """No scope opens this: a token makes no tokens, and does not see others."""

    permission_classes = [IsAuthenticated]
    query_serializers = {"list": PageQuery}

    def _tokens(self) -> QuerySet[ApiToken]:
        standing: QuerySet[ApiToken] = ApiToken.objects.standing().filter(user=caller(self.request))
        return standing

    def get_object(self) -> ApiToken:
        token = self._tokens().filter(pk=self.kwargs["pk"]).first()
        if token is None:
            raise NotFound("You have no token of this id.")
        return token

    def list(self, request: Request) -> Response:
        page = self.page(self._tokens(), NEWEST)
        return self.page_response(page, list(ApiTokenSerializer(page.rows, many=True).data))

    def create(self, request: Request) -> Response:
        """Not repeatable by an Idempotency-Key: the answer shows a secret and is stored nowhere."""
        self.answers_hold_credentials = True
        serializer = ApiTokenCreateSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        require_confirmation(request)
        data = serializer.validated_data
        token, text = make_token(
            user=caller(request),
            name=data["name"],
            scopes={Scope(name) for name in data["scopes"]},
            days=data["expires_in_days"],
            client=client_of(request),
        )
        location = reverse("accounts:token-detail", kwargs={"pk": token.pk})
        body = NewApiTokenSerializer(token, context={"token": text}).data
        return Response(body, status=status.HTTP_201_CREATED, headers={"Location": location})

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(ApiTokenSerializer(self.get_object()).data)

    def destroy(self, request: Request, pk: int) -> Response:
        revoke_token(token=self.get_object(), client=client_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
