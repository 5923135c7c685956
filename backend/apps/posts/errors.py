"""Errors of posts."""

from apps.common.errors import DomainError


class PostGone(DomainError):
    """The post was deleted while it was being changed."""

    status = 404
    code = "not_found"
    title = "There is nothing here"
