"""Addresses of what was elsewhere before it was moved here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apps.common.former_addresses import home_of, path_of_number

if TYPE_CHECKING:
    from django.http import HttpRequest


def asked_by_number(request: HttpRequest) -> str:
    """Where `/?p=7` and `/?page_id=7` lead, as WordPress writes addresses that have no words."""
    if request.path != "/":
        return ""
    path = path_of_number(request.GET.get("p", "") or request.GET.get("page_id", ""))
    return home_of(path) if path else ""
