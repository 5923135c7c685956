"""The first document is made before anybody asks for one: starting the engine takes longer than rendering."""

from __future__ import annotations

import threading
from pathlib import Path

import structlog
from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from apps.documents.addresses import Address, Kind
from apps.documents.rendering import render

logger = structlog.get_logger(__name__)


def warm_up() -> None:
    """Start the engine beside the start of the process. Whatever goes wrong is told, and shows at the first request."""
    if Path(settings.SPA_SERVER).is_file():
        threading.Thread(target=_render_once, name="warm-up", daemon=True).start()


def _render_once() -> None:
    try:
        render(Address(Kind.DOCUMENT, "/"), HttpRequest())
    except Exception as error:  # noqa: BLE001 - of a thread that nobody waits for
        logger.warning("document engine not warmed up", reason=str(error))
    finally:
        connection.close()
