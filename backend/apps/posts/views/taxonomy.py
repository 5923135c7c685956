"""Tags, categories, the archive by month, and the preview of Markdown.

Counts come from stored counters plus the few scheduled posts that came due since they were settled.
"""

from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.scopes import Scope
from apps.common.markup import render_comment, render_preview
from apps.common.pagination import Order, PageQuery
from apps.common.permissions import ReadOnly
from apps.common.scopes import ANY_SCOPE
from apps.common.views import ContractView, ContractViewSet
from apps.media.rendering import with_pictures
from apps.posts.docs import taxonomy as docs
from apps.posts.models import ArchiveMonth
from apps.posts.serializers.taxonomy import PreviewRequestSerializer
from apps.posts.services import due_counts
from apps.tags.models import Category, Tag

TAG_ORDER = Order("popular", ("-post_count", "id"))
CATEGORY_ORDER = Order("tree", ("path",))
MONTH_ORDER = Order("latest", ("-year", "-month"))


@docs.tags
class TagViewSet(ContractViewSet):
    permission_classes = [ReadOnly]
    scopes = {"list": Scope.POSTS_READ, "retrieve": Scope.POSTS_READ}
    query_serializers = {"list": PageQuery}

    def list(self, request: Request) -> Response:
        page = self.page(Tag.objects.in_use(), TAG_ORDER)
        due = due_counts()
        return self.page_response(page, [represent_tag(tag, due["tag", tag.pk]) for tag in page.rows])

    def retrieve(self, request: Request, slug: str) -> Response:
        tag = get_object_or_404(Tag, slug=slug)
        return Response(represent_tag(tag, due_counts()["tag", tag.pk]))


def represent_tag(tag: Tag, due: int) -> dict[str, Any]:
    """The members of a tag's answer; `due`: posts that came due since its counter was settled."""
    return {
        "slug": tag.slug,
        "name": tag.name,
        "description": tag.description,
        "post_count": tag.post_count + due,
    }


@docs.categories
class CategoryViewSet(ContractViewSet):
    permission_classes = [ReadOnly]
    scopes = {"list": Scope.POSTS_READ, "retrieve": Scope.POSTS_READ}
    query_serializers = {"list": PageQuery}

    def list(self, request: Request) -> Response:
        page = self.page(Category.objects.select_related("parent"), CATEGORY_ORDER)
        due = due_counts()
        return self.page_response(page, [_category(row, due["category", row.pk]) for row in page.rows])

    def retrieve(self, request: Request, slug: str) -> Response:
        category = get_object_or_404(Category.objects.select_related("parent"), slug=slug)
        return Response(_category(category, due_counts()["category", category.pk]))


def _category(category: Category, due: int) -> dict[str, Any]:
    return {
        "slug": category.slug,
        "name": category.name,
        "description": category.description,
        "parent": category.parent.slug if category.parent else None,
        "depth": category.depth,
        "post_count": category.post_count + due,
    }


@docs.archive
class ArchiveView(ContractView):
    permission_classes = [ReadOnly]
    scopes = {"get": Scope.POSTS_READ}
    query_serializers = {"get": PageQuery}

    def get(self, request: Request) -> Response:
        page = self.page(ArchiveMonth.objects.filter(post_count__gt=0), MONTH_ORDER)
        due = due_counts()
        rows = [
            {"year": row.year, "month": row.month, "post_count": row.post_count + due["month", (row.year, row.month)]}
            for row in page.rows
        ]
        return self.page_response(page, rows)


@docs.preview
class MarkdownPreviewView(ContractView):
    permission_classes = [IsAuthenticated]
    scopes = {"post": ANY_SCOPE}

    def post(self, request: Request) -> Response:
        serializer = PreviewRequestSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        asked = serializer.validated_data
        html = (
            render_comment(asked["body"])
            if asked["purpose"] == "comment"
            else with_pictures(render_preview(asked["body"], asked["format"]))
        )
        return Response({"body_html": html})
