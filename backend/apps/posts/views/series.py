"""Series over HTTP, and what to read after a post."""

from typing import Any

from django.db.models import Count
from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.scopes import Scope
from apps.common.pagination import Order, PageQuery
from apps.common.permissions import ReadOnly
from apps.common.views import ContractView, ContractViewSet
from apps.posts.docs import series as docs
from apps.posts.further_reading import further_reading
from apps.posts.models import Post, Series
from apps.posts.querysets import load_series
from apps.posts.serializers.posts import represent_posts
from apps.posts.views.posts import visible_post

SERIES_ORDER = Order("title", ("title", "id"))


@docs.series
class SeriesViewSet(ContractViewSet):
    permission_classes = [ReadOnly]
    scopes = {"list": Scope.POSTS_READ, "retrieve": Scope.POSTS_READ}
    query_serializers = {"list": PageQuery}

    def list(self, request: Request) -> Response:
        page = self.page(Series.objects.visible_to(request.user), SERIES_ORDER)
        return self.page_response(page, represent_series(page.rows))

    def retrieve(self, request: Request, slug: str) -> Response:
        series = get_object_or_404(Series.objects.visible_to(request.user), slug=slug)
        return Response(represent_series([series])[0])


def represent_series(rows: Any) -> list[dict[str, Any]]:
    """The members of series' answers. One query, for the parts that everybody may read."""
    live = Post.objects.live().filter(series__in=[row.pk for row in rows]).order_by()
    counts = dict(live.values_list("series").annotate(number=Count("pk")))
    return [
        {
            "slug": row.slug,
            "title": row.title,
            "description": row.description,
            "post_count": counts.get(row.pk, 0),
        }
        for row in rows
    ]


@docs.further_reading
class FurtherReadingView(ContractView):
    permission_classes = [ReadOnly]
    scopes = {"get": Scope.POSTS_READ}

    def get(self, request: Request, slug: str) -> Response:
        post = visible_post(request, slug)
        found = further_reading(post)
        others = [row for row in (found.previous, found.next) if row is not None]
        load_series([post, *others, *found.related])
        rows = represent_posts([*others, *found.related], user=request.user)
        beside = {row["id"]: row for row in rows}
        part = post.shown_series
        return Response(
            {
                "previous": beside.get(found.previous.pk) if found.previous else None,
                "next": beside.get(found.next.pk) if found.next else None,
                "series": part
                and {
                    "slug": part["slug"],
                    "title": part["title"],
                    "posts": [{"slug": slug, "title": title} for slug, title in found.parts],
                },
                "related": rows[len(others) :],
            }
        )
