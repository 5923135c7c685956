"""The site record for templates."""

from typing import Any

from django.http import HttpRequest

from apps.site.services import get_site


def site(request: HttpRequest) -> dict[str, Any]:
    return {"site": get_site()}
