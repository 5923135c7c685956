"""Standing pages over HTTP. They are written in the admin."""

from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.scopes import Scope
from apps.common.pagination import Order, PageQuery
from apps.common.permissions import ReadOnly
from apps.common.schema import describe, operation
from apps.common.views import ContractViewSet
from apps.pages.models import Page
from apps.pages.serializers import PageSerializer, PageSummarySerializer

ORDER = Order("position", ("position", "id"))


class PageListQuery(PageQuery):
    in_navigation = serializers.BooleanField(
        required=False, allow_null=True, default=None, help_text="Only pages that the site's navigation shows."
    )


@describe(
    list=operation("list_pages", "List standing pages", PageSummarySerializer, page=True, public=True, tag="pages"),
    retrieve=operation("get_page", "Read a standing page", PageSerializer, public=True, tag="pages"),
)
class PageViewSet(ContractViewSet):
    permission_classes = [ReadOnly]
    scopes = {"list": Scope.POSTS_READ, "retrieve": Scope.POSTS_READ}
    query_serializers = {"list": PageListQuery}

    def list(self, request: Request) -> Response:
        pages = Page.objects.visible_to(request.user).filter(status=Page.Status.PUBLISHED).defer("body", "body_html")
        if self.query["in_navigation"] is not None:
            pages = pages.filter(in_navigation=self.query["in_navigation"])
        page = self.page(pages, ORDER)
        return self.page_response(page, list(PageSummarySerializer(page.rows, many=True).data))

    def retrieve(self, request: Request, slug: str) -> Response:
        page = Page.objects.visible_to(request.user).filter(slug=slug).first()
        if page is None:
            raise NotFound("There is no page at this address.")
        return Response(PageSerializer(page).data)
