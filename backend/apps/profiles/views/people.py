"""People, as everybody sees them."""

import re
from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import User
from apps.accounts.relations import relations_of
from apps.accounts.scopes import Scope
from apps.accounts.validators import USERNAME_PATTERN
from apps.common.pagination import Order, PageQuery
from apps.common.permissions import ReadOnly
from apps.common.shaping import CommaList
from apps.common.views import ContractViewSet
from apps.profiles import docs
from apps.profiles.querysets import add_due, due_counts_by_author, writers
from apps.profiles.serializers import UserSerializer

ORDERS = {
    "most-posts": Order("most-posts", ("-post_count", "-id")),
    "newest": Order("newest", ("-date_joined", "-id")),
}
INCLUDABLE = ("relation",)
_USERNAME = re.compile(USERNAME_PATTERN)


class UserListQuery(PageQuery):
    order = serializers.ChoiceField(
        choices=[(name, name) for name in ORDERS],
        default="most-posts",
        help_text="The most published first, or the newest accounts first.",
    )
    include = CommaList(known=INCLUDABLE)


class UserDetailQuery(serializers.Serializer[Any]):
    include = CommaList(known=INCLUDABLE)


def visible_person(request: Request, username: str) -> User:
    """The active account of that name."""
    user: User | None = None
    if _USERNAME.fullmatch(username):
        user = User.objects.visible_to(request.user).named(username).first()
    if user is None:
        raise NotFound("There is no account of this name.")
    return user


@docs.users
class UserViewSet(ContractViewSet):
    permission_classes = [ReadOnly]
    scopes = {"list": Scope.POSTS_READ, "retrieve": Scope.POSTS_READ}
    query_serializers: ClassVar[Any] = {"list": UserListQuery, "retrieve": UserDetailQuery}

    def list(self, request: Request) -> Response:
        due = due_counts_by_author()
        page = self.page(writers(due), ORDERS[self.query["order"]])
        # The cursors are made by now: they hold the stored counts, which the order compares.
        add_due(page.rows, due)
        return self.page_response(page, self._represent(page.rows))

    def retrieve(self, request: Request, username: str) -> Response:
        user = visible_person(request, username)
        add_due([user], due_counts_by_author())
        self.resource_version = user.version
        return Response(self._represent([user])[0])

    def _represent(self, users: Any) -> Any:
        """The answers, with the caller's relation to each where that was asked for and there is a caller."""
        context: dict[str, Any] = {}
        caller = self.request.user
        if "relation" in self.query.get("include", []) and isinstance(caller, User):
            context["relations"] = relations_of(caller, [user.pk for user in users])
        return UserSerializer(users, many=True, context=context).data
