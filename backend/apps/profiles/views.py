"""People, as everybody sees them."""

import re
from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import User
from apps.accounts.validators import USERNAME_PATTERN
from apps.common.pagination import Order, PageQuery
from apps.common.permissions import ReadOnly
from apps.common.views import ContractViewSet
from apps.profiles import docs
from apps.profiles.querysets import add_due, due_counts_by_author, writers
from apps.profiles.serializers import UserSerializer

ORDERS = {
    "most-posts": Order("most-posts", ("-post_count", "-id")),
    "newest": Order("newest", ("-date_joined", "-id")),
}
_USERNAME = re.compile(USERNAME_PATTERN)


class UserListQuery(PageQuery):
    order = serializers.ChoiceField(
        choices=[(name, name) for name in ORDERS],
        default="most-posts",
        help_text="The most published first, or the newest accounts first.",
    )


@docs.users
class UserViewSet(ContractViewSet):
    permission_classes = [ReadOnly]
    query_serializers: ClassVar[Any] = {"list": UserListQuery}

    def list(self, request: Request) -> Response:
        due = due_counts_by_author()
        page = self.page(writers(due), ORDERS[self.query["order"]])
        # The cursors are made by now: they hold the stored counts, which the order compares.
        add_due(page.rows, due)
        return self.page_response(page, list(UserSerializer(page.rows, many=True).data))

    def retrieve(self, request: Request, username: str) -> Response:
        user: User | None = None
        if _USERNAME.fullmatch(username):
            user = User.objects.visible_to(request.user).named(username).first()
        if user is None:
            raise NotFound("There is no account of this name.")
        add_due([user], due_counts_by_author())
        self.resource_version = user.version
        return Response(UserSerializer(user).data)
