"""The personal feed."""

from typing import Any, ClassVar

from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.authentication import caller
from apps.accounts.scopes import Scope
from apps.common.pagination import PageQuery
from apps.common.shaping import CommaList, pick
from apps.common.views import ContractView
from apps.posts.filters import FIELDS, INCLUDABLE
from apps.posts.querysets import load_tags
from apps.posts.serializers.posts import represent_posts
from apps.profiles import docs
from apps.profiles.feed import feed_page


class FeedQuery(PageQuery):
    fields = CommaList(known=FIELDS)  # type: ignore[assignment]
    include = CommaList(known=INCLUDABLE)


@docs.feed
class FeedView(ContractView):
    permission_classes = [IsAuthenticated]
    scopes = {"get": Scope.POSTS_READ}
    query_serializers: ClassVar[Any] = {"get": FeedQuery}

    def get(self, request: Request) -> Response:
        user = caller(request)
        include, keep = self.query.get("include", []), self.query.get("fields")
        page = feed_page(
            user,
            cursor=self.query.get("cursor"),
            limit=self.query["limit"],
            with_body=bool({"body", "body_html"} & set(include)),
        )
        load_tags(page.rows)
        rows = represent_posts(page.rows, include=include, user=user)
        return self.page_response(page, [pick(row, [*keep, *include]) for row in rows] if keep else rows)
