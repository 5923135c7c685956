"""Following and blocking people, and the lists of whom one follows and blocks."""

from typing import Any, ClassVar

from rest_framework import status
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts import relations
from apps.accounts.authentication import caller
from apps.accounts.models import Block, Follow
from apps.accounts.scopes import Scope
from apps.common.pagination import Order, PageQuery
from apps.common.views import ContractView
from apps.profiles import docs
from apps.profiles.querysets import add_due, due_counts_by_author
from apps.profiles.serializers import UserSerializer
from apps.profiles.views.people import visible_person

LATEST = Order("latest", ("-id",))
_DONE = status.HTTP_204_NO_CONTENT


@docs.follow
class FollowView(ContractView):
    permission_classes = [IsAuthenticated]
    scopes = {"put": Scope.PEOPLE_WRITE, "delete": Scope.PEOPLE_WRITE}

    def put(self, request: Request, username: str) -> Response:
        relations.follow(follower=caller(request), followed=visible_person(request, username))
        return Response(status=_DONE)

    def delete(self, request: Request, username: str) -> Response:
        relations.unfollow(follower=caller(request), followed=visible_person(request, username))
        return Response(status=_DONE)


@docs.block
class BlockView(ContractView):
    permission_classes = [IsAuthenticated]
    scopes = {"put": Scope.PEOPLE_WRITE, "delete": Scope.PEOPLE_WRITE}

    def put(self, request: Request, username: str) -> Response:
        relations.block(blocker=caller(request), blocked=visible_person(request, username))
        return Response(status=_DONE)

    def delete(self, request: Request, username: str) -> Response:
        relations.unblock(blocker=caller(request), blocked=visible_person(request, username))
        return Response(status=_DONE)


class _PeopleView(ContractView):
    """People whom the caller has put on a list, the latest first."""

    permission_classes = [IsAuthenticated]
    scopes = {"get": Scope.ACCOUNT_READ}
    query_serializers: ClassVar[Any] = {"get": PageQuery}

    def answer(self, rows: Any, person: str) -> Response:
        page = self.page(rows.filter(**{f"{person}__is_active": True}).select_related(person), LATEST)
        people = [getattr(row, person) for row in page.rows]
        add_due(people, due_counts_by_author())
        return self.page_response(page, list(UserSerializer(people, many=True).data))


@docs.following
class FollowingView(_PeopleView):
    def get(self, request: Request) -> Response:
        return self.answer(Follow.objects.filter(follower=caller(request)), "followed")


@docs.blocks
class BlocksView(_PeopleView):
    def get(self, request: Request) -> Response:
        return self.answer(Block.objects.filter(blocker=caller(request)), "blocked")
