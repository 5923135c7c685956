"""Health for probes: `/livez` says that the process answers, `/readyz` that what it needs is there."""

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def livez(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """503 without a database. A missing cache is told but does not make the process unready: the site works on."""
    checks = {"database": "ok", "cache": "ok"}
    status = 200
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        checks["database"], status = "away", 503
    cache.set("readyz", "1", timeout=5)
    if cache.get("readyz") != "1":
        checks["cache"] = "away"
    return JsonResponse({"status": "ok" if status == 200 else "unavailable", **checks}, status=status)
