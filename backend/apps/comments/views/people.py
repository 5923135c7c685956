"""Whom one may name in a comment."""

import time
from typing import Any

from django.conf import settings
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.authentication import caller
from apps.accounts.bylines import byline
from apps.accounts.scopes import Scope
from apps.comments import docs
from apps.comments.mentionable import mentionable
from apps.common.errors import TooManyAttempts
from apps.common.throttling import WINDOW, tally
from apps.common.views import ContractView
from apps.posts.views.posts import visible_post

A_MINUTE = 120
"""Times that one may ask: as fast as one types, and too slowly to copy the list of members."""


class MentionableQuery(serializers.Serializer[Any]):
    q = serializers.CharField(
        required=False, default="", allow_blank=True, max_length=30, help_text="How the username begins."
    )


@docs.mentionable
class MentionableView(ContractView):
    permission_classes = [IsAuthenticated]
    scopes = {"get": Scope.COMMENTS_WRITE}
    query_serializers = {"get": MentionableQuery}

    def get(self, request: Request, slug: str) -> Response:
        user = caller(request)
        now = int(time.time())
        asked = tally.add(f"mentionable:{user.pk}", window=now // WINDOW, quota=A_MINUTE)
        if settings.RATE_LIMITS_ENABLED and asked > A_MINUTE:
            raise TooManyAttempts(WINDOW - now % WINDOW)
        people = mentionable(post=visible_post(request, slug), user=user, prefix=self.query["q"])
        return Response({"results": [byline(person) for person in people]})
