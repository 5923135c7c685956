"""The endpoint of searching."""

from typing import ClassVar

from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.scopes import Scope
from apps.common.views import ContractView
from apps.search import docs
from apps.search.filters import SearchQuery
from apps.search.paging import page_of
from apps.search.results import represent_hits
from apps.search.searching import find

_KINDS = {"all": ("post", "comment"), "posts": ("post",), "comments": ("comment",)}


@docs.search
class SearchView(ContractView):
    permission_classes = [AllowAny]
    scopes = {"get": Scope.POSTS_READ}
    query_serializers: ClassVar = {"get": SearchQuery}

    def get(self, request: Request) -> Response:
        answer = find(self.query["q"], _KINDS[self.query["type"]])
        page = page_of(answer.hits, cursor=self.query.get("cursor"), limit=self.query["limit"])
        return self.page_response(page, represent_hits(page.rows, answer.match))
