"""A tiny app in place of the built one."""

import shutil
from pathlib import Path

import pytest

from apps.documents.engine import keeper

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture(autouse=True)
def app(settings, tmp_path):
    """The folder of an app that is built, which speaks the same protocol as ours."""
    for name in ("index.html", "server.js"):
        shutil.copy(FIXTURES / name, tmp_path / name)
    settings.SPA_DIR, settings.SPA_SERVER = tmp_path, tmp_path / "server.js"
    settings.DOCUMENT_TIME_LIMIT_MS = 60_000  # a busy machine is no fault; who tests the limit sets a lower one
    settings.DOCUMENT_MEMORY_MB = 64
    keeper.reset()
    yield tmp_path
    keeper.reset()
