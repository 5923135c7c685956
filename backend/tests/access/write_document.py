"""Bring docs/permissions.md in step with the code: `.venv/bin/python -m tests.access.write_document` in backend/."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
django.setup()

from tests.access.document import DOCUMENT, filled_in  # noqa: E402 - needs the apps

if __name__ == "__main__":
    DOCUMENT.write_text(filled_in(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
