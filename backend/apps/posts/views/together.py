"""Co-authors of a post, and who has it open."""

import re

from rest_framework import status
from rest_framework.exceptions import NotFound, PermissionDenied
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.authentication import caller
from apps.accounts.models import User
from apps.accounts.scopes import Scope
from apps.accounts.validators import USERNAME_PATTERN
from apps.common.views import ContractView
from apps.posts.docs import together as docs
from apps.posts.models import Post
from apps.posts.permissions import PostEditingPermission
from apps.posts.policies import can_choose_co_authors, can_remove_co_author
from apps.posts.serializers.together import TabSerializer, represent_presence
from apps.posts.services import co_authors
from apps.posts.services.presence import end_presence, note_presence, who_is_present
from apps.posts.views.posts import visible_post

_DONE = status.HTTP_204_NO_CONTENT
_USERNAME = re.compile(USERNAME_PATTERN)


def named(username: str, *, among_active: bool) -> User:
    """The account of that name; of a deactivated one only where somebody is to be taken off."""
    users = User.objects.visible_to(None) if among_active else User.objects.all()
    user: User | None = users.named(username).first() if _USERNAME.fullmatch(username) else None
    if user is None:
        raise NotFound("There is no account of this name.")
    return user


@docs.co_authors
class CoAuthorView(ContractView):
    permission_classes = [IsAuthenticated]
    scopes = {"put": Scope.POSTS_WRITE, "delete": Scope.POSTS_WRITE}

    def put(self, request: Request, slug: str, username: str) -> Response:
        post = visible_post(request, slug)
        if not can_choose_co_authors(request.user, post):
            raise PermissionDenied("Only the author and editors choose co-authors.")
        co_authors.add_co_author(post=post, person=named(username, among_active=True), actor=caller(request))
        return Response(status=_DONE)

    def delete(self, request: Request, slug: str, username: str) -> Response:
        post = visible_post(request, slug)
        is_own = username.lower() == caller(request).username.lower()
        if not is_own and not can_choose_co_authors(request.user, post):
            raise PermissionDenied("Only the author and editors choose co-authors. You may leave yourself.")
        person = named(username, among_active=False)
        if not can_remove_co_author(request.user, post, person):
            raise PermissionDenied("Only the author and editors choose co-authors. You may leave yourself.")
        co_authors.remove_co_author(post=post, person=person)
        return Response(status=_DONE)


@docs.presence
class PresenceView(ContractView):
    """Each tab of an editor calls every 20 seconds."""

    permission_classes = [PostEditingPermission]
    scopes = {"put": Scope.POSTS_WRITE, "delete": Scope.POSTS_WRITE}

    def put(self, request: Request, slug: str) -> Response:
        post, tab = self._read(request, slug)
        user = caller(request)
        note_presence(post=post, user=user, tab=tab)
        return Response(represent_presence(who_is_present(post=post), user.pk))

    def delete(self, request: Request, slug: str) -> Response:
        post, tab = self._read(request, slug)
        end_presence(post=post, user=caller(request), tab=tab)
        return Response(status=_DONE)

    def _read(self, request: Request, slug: str) -> tuple[Post, str]:
        post = visible_post(request, slug)
        self.check_object_permissions(request, post)
        serializer = TabSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return post, serializer.validated_data["tab"]
