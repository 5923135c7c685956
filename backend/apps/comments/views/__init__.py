"""Endpoints of comments, one module a subject."""

from apps.comments.views.comments import CommentViewSet
from apps.comments.views.people import MentionableView
from apps.comments.views.threads import ThreadStatusView, ThreadViewSet

__all__ = ["CommentViewSet", "MentionableView", "ThreadStatusView", "ThreadViewSet"]
