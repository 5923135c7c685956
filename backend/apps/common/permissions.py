"""Deny by default: a view without permission classes of its own lets nobody in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

if TYPE_CHECKING:
    from rest_framework.views import APIView


class DenyAll(BasePermission):
    def has_permission(self, request: Request, view: APIView) -> bool:
        return False


class ReadOnly(BasePermission):
    """For what everybody may read and nobody may write here."""

    def has_permission(self, request: Request, view: object) -> bool:
        return request.method in {"GET", "HEAD", "OPTIONS"}
