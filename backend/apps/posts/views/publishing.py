"""The check before publishing, and preview links, over HTTP."""

from django.db.models import QuerySet
from django.urls import reverse
from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.authentication import caller
from apps.accounts.clients import client_of
from apps.accounts.scopes import Scope
from apps.common.pagination import Order, PageQuery
from apps.common.views import ContractView
from apps.posts.content import Content, content_of
from apps.posts.docs import publishing as docs
from apps.posts.models import Post, PreviewLink, WorkingCopy
from apps.posts.permissions import PostEditingPermission
from apps.posts.serializers.publishing import (
    CheckQuery,
    CheckSerializer,
    NewPreviewLinkSerializer,
    PreviewedPostSerializer,
    PreviewLinkCreateSerializer,
    PreviewLinkSerializer,
    PreviewSecretSerializer,
)
from apps.posts.services import checks, previews, working_copies
from apps.posts.views.edited import EditedPostViewSet
from apps.posts.views.posts import visible_post

NEWEST = Order("newest", ("-id",))


@docs.checks
class CheckView(ContractView):
    permission_classes = [PostEditingPermission]
    scopes = {"get": Scope.POSTS_READ}
    query_serializers = {"get": CheckQuery}

    def get(self, request: Request, slug: str) -> Response:
        post = visible_post(request, slug)
        self.check_object_permissions(request, post)
        return Response(CheckSerializer(checks.check_content(self._content(post))).data)

    def _content(self, post: Post) -> Content:
        if self.query["of"] == "post":
            return content_of(post)
        working_copy = WorkingCopy.objects.filter(post=post).first()
        if working_copy is None:
            raise NotFound("The post has no working copy.")
        return working_copies.content_in(working_copy)


@docs.preview_links
class PreviewLinkViewSet(EditedPostViewSet):
    """The preview links of one post, for those who may edit it, whoever of them made the link."""

    scopes = {
        "list": Scope.POSTS_READ,
        "retrieve": Scope.POSTS_READ,
        "create": Scope.POSTS_WRITE,
        "destroy": Scope.POSTS_WRITE,
    }
    query_serializers = {"list": PageQuery}

    def _links(self) -> QuerySet[PreviewLink]:
        return previews.standing_links(self.get_post())

    def get_object(self) -> PreviewLink:
        link = self._links().filter(pk=int(self.kwargs["number"])).first()
        if link is None:
            raise NotFound("The post has no such preview link.")
        return link

    def list(self, request: Request, slug: str) -> Response:
        page = self.page(self._links(), NEWEST)
        return self.page_response(page, list(PreviewLinkSerializer(page.rows, many=True).data))

    def create(self, request: Request, slug: str) -> Response:
        """Not repeatable by an Idempotency-Key: the answer shows a secret and is stored nowhere."""
        self.answers_hold_credentials = True
        post = self.get_post()
        serializer = PreviewLinkCreateSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        data = serializer.validated_data
        link, url = previews.make_preview_link(
            post=post, author=caller(request), name=data["name"], days=data["expires_in_days"]
        )
        location = reverse("posts:preview-link", kwargs={"slug": post.slug, "number": str(link.pk)})
        body = NewPreviewLinkSerializer(link, context={"url": url}).data
        return Response(body, status=status.HTTP_201_CREATED, headers={"Location": location})

    def retrieve(self, request: Request, slug: str, number: str) -> Response:
        return Response(PreviewLinkSerializer(self.get_object()).data)

    def destroy(self, request: Request, slug: str, number: str) -> Response:
        self.get_object().delete()
        return Response(status=status.HTTP_204_NO_CONTENT)


@docs.preview
class PreviewView(ContractView):
    """For whoever has the secret; who is signed in matters nothing, so nobody is asked."""

    authentication_classes = []
    permission_classes = [AllowAny]
    answers_hold_credentials = True
    """The answer is for the holder of a secret: nobody on the way keeps it."""

    def post(self, request: Request) -> Response:
        serializer = PreviewSecretSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        secret = serializer.validated_data["secret"]
        post, link, is_working_copy = previews.previewed_post(secret=secret, client=client_of(request))
        state = {"of": "working_copy" if is_working_copy else "post", "expires_at": link.expires_at}
        response = Response(PreviewedPostSerializer(post, context={"preview": state}).data)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response
