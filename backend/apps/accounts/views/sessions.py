"""Where the caller is signed in, and what happened to their account."""

from uuid import UUID

from django.db.models import QuerySet
from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.authentication import caller, session_of
from apps.accounts.clients import client_of
from apps.accounts.docs import sessions as docs
from apps.accounts.models import SecurityEvent, Session
from apps.accounts.security_log import Kind
from apps.accounts.serializers.sessions import SecurityEventSerializer, SessionSerializer
from apps.accounts.sessions import end_session, sign_out_elsewhere
from apps.common.pagination import Order, PageQuery
from apps.common.views import ContractView, ContractViewSet

USED_LAST = Order("used-last", ("-used_at", "-id"))
NEWEST = Order("newest", ("-id",))


@docs.sessions
class SessionViewSet(ContractViewSet):
    permission_classes = [IsAuthenticated]
    query_serializers = {"list": PageQuery}

    def _sessions(self) -> QuerySet[Session]:
        standing: QuerySet[Session] = Session.objects.live().filter(user=caller(self.request))
        return standing

    def list(self, request: Request) -> Response:
        page = self.page(self._sessions(), USED_LAST)
        context = {"current": session_of(request).pk}
        return self.page_response(page, list(SessionSerializer(page.rows, many=True, context=context).data))

    def end(self, request: Request, pk: UUID) -> Response:
        session = self._sessions().select_related("user").filter(pk=pk).first()
        if session is None:
            raise NotFound("You have no session of this id.")
        kind = Kind.SIGNED_OUT if session.pk == session_of(request).pk else Kind.SESSION_ENDED
        end_session(session, client=client_of(request), kind=kind)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def end_others(self, request: Request) -> Response:
        sign_out_elsewhere(session_of(request), client=client_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


@docs.events
class SecurityEventsView(ContractView):
    permission_classes = [IsAuthenticated]
    query_serializers = {"get": PageQuery}

    def get(self, request: Request) -> Response:
        page = self.page(SecurityEvent.objects.filter(user=caller(request)), NEWEST)
        return self.page_response(page, list(SecurityEventSerializer(page.rows, many=True).data))
