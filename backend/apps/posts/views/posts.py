"""Posts over HTTP: scope, authorise, validate, call the service, answer."""

from typing import Any

from django.urls import reverse
from rest_framework import status
from rest_framework.exceptions import NotFound, PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.authentication import caller
from apps.accounts.scopes import Scope
from apps.common.errors import Moved
from apps.common.idempotency import idempotent
from apps.common.shaping import pick
from apps.common.views import ContractViewSet
from apps.posts import services
from apps.posts.docs import posts as docs
from apps.posts.filters import PostDetailQuery, PostListQuery, posts_for
from apps.posts.models import Post, PostSlug
from apps.posts.permissions import PostPermission
from apps.posts.policies import can_feature_post
from apps.posts.querysets import load_tags
from apps.posts.serializers.posts import (
    WHOLE,
    PostCreateSerializer,
    PostSerializer,
    PostWriteSerializer,
    ScheduleSerializer,
    represent_posts,
)


def visible_post(request: Request, slug: str) -> Post:
    """The post of that slug, if the caller may see it; an old slug raises Moved to the same address with the new."""
    visible = Post.objects.visible_to(request.user).with_relations()
    try:
        # `get` and not `first`: it spares the database the ordering, and Django the composing of it.
        post: Post = visible.get(slug=slug)
    except Post.DoesNotExist:
        pass
    else:
        return post
    old = PostSlug.objects.filter(slug=slug, post__in=Post.objects.visible_to(request.user)).select_related("post")
    moved = old.first()
    if moved is None:
        raise NotFound("There is no post at this address.")
    match = request.resolver_match
    path = reverse(match.view_name, kwargs={**match.kwargs, "slug": moved.post.slug}) if match else ""
    query = request.query_params.urlencode()
    raise Moved(f"{path}?{query}" if query else path)


def post_answer(request: Request, post: Post, **kwargs: Any) -> Response:
    """The post as it now is; a new one with its Location."""
    fresh = Post.objects.with_relations().get(pk=post.pk)
    response = Response(PostSerializer(fresh, context={"user": request.user}).data, **kwargs)
    if response.status_code == status.HTTP_201_CREATED:
        response.headers["Location"] = reverse("posts:post", kwargs={"slug": fresh.slug})
    return response


@docs.posts
class PostViewSet(ContractViewSet):
    permission_classes = [PostPermission]
    scopes = {
        "list": Scope.POSTS_READ,
        "retrieve": Scope.POSTS_READ,
        "create": Scope.POSTS_WRITE,
        "partial_update": Scope.POSTS_WRITE,
        "destroy": Scope.POSTS_WRITE,
        "publish": Scope.POSTS_WRITE,
        "unpublish": Scope.POSTS_WRITE,
        "schedule": Scope.POSTS_WRITE,
        "archive": Scope.POSTS_WRITE,
        "restore": Scope.POSTS_WRITE,
        "duplicate": Scope.POSTS_WRITE,
    }
    query_serializers = {"list": PostListQuery, "retrieve": PostDetailQuery}

    def get_object(self) -> Post:
        post = visible_post(self.request, self.kwargs["slug"])
        self.check_object_permissions(self.request, post)
        return post

    def list(self, request: Request) -> Response:
        branches, order = posts_for(request.user, self.query)
        include = self.query.get("include", [])
        with_body = bool({"body", "body_html"} & set(include))
        page = self.page_together([branch.with_relations(with_body=with_body) for branch in branches], order)
        load_tags(page.rows)
        rows = represent_posts(page.rows, include=include, user=request.user)
        keep = self.query.get("fields")
        return self.page_response(page, [pick(row, [*keep, *include]) for row in rows] if keep else rows)

    def retrieve(self, request: Request, slug: str) -> Response:
        post = self.get_object()
        self.resource_version = post.version
        include, keep = self.query.get("include", []), self.query.get("fields")
        data = represent_posts([post], include=[*WHOLE, *include], user=request.user)[0]
        return Response(pick(data, [*keep, *include]) if keep else data)

    @idempotent
    def create(self, request: Request) -> Response:
        changes = self._changes(PostCreateSerializer(data=request.data))
        post = services.create_post(author=caller(request), changes=changes)
        return self._answer(post, status=status.HTTP_201_CREATED)

    def partial_update(self, request: Request, slug: str) -> Response:
        post = self.get_object()
        changes = self._changes(PostWriteSerializer(data=request.data, partial=True))
        return self._answer(
            services.update_post(
                post=post, changes=changes, expected=self.expected_versions(), editor=caller(request), is_direct=True
            )
        )

    def destroy(self, request: Request, slug: str) -> Response:
        post = self.get_object()
        step = services.delete_post if post.status == Post.Status.TRASHED else services.trash_post
        step(post=post, expected=self.expected_versions())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def publish(self, request: Request, slug: str) -> Response:
        post = self.get_object()
        expected = self.expected_versions()
        return self._answer(services.publish_post(post=post, expected=expected, actor=caller(request)))

    def unpublish(self, request: Request, slug: str) -> Response:
        post = self.get_object()
        return self._answer(services.unpublish_post(post=post, expected=self.expected_versions()))

    def archive(self, request: Request, slug: str) -> Response:
        post = self.get_object()
        return self._answer(services.archive_post(post=post, expected=self.expected_versions()))

    def restore(self, request: Request, slug: str) -> Response:
        post = self.get_object()
        return self._answer(services.restore_post(post=post, expected=self.expected_versions()))

    @idempotent
    def duplicate(self, request: Request, slug: str) -> Response:
        copy = services.duplicate_post(post=self.get_object(), author=caller(request))
        return self._answer(copy, status=status.HTTP_201_CREATED)

    def schedule(self, request: Request, slug: str) -> Response:
        post = self.get_object()
        serializer = ScheduleSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        when = serializer.validated_data["published_at"]
        expected = self.expected_versions()
        return self._answer(
            services.schedule_post(post=post, published_at=when, expected=expected, actor=caller(request))
        )

    def _changes(self, serializer: PostWriteSerializer) -> services.PostChanges:
        """The validated body; featuring is for editors alone."""
        serializer.is_valid(raise_exception=True)
        changes: services.PostChanges = serializer.validated_data
        if "featured" in changes and not can_feature_post(self.request.user):
            raise PermissionDenied("Only editors choose what is featured. Leave `featured` out.")
        return changes

    def _answer(self, post: Post, **kwargs: Any) -> Response:
        return post_answer(self.request, post, **kwargs)
