"""Settings of the test suite: SQLite in memory unless DATABASE_URL names another database."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("DATABASE_URL", "sqlite:///:memory:")
if "VAR_DIR" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="byline-test-")
    atexit.register(shutil.rmtree, os.environ["VAR_DIR"], ignore_errors=True)

from config.settings.accounts import *  # noqa: F403
from config.settings.api import *  # noqa: F403
from config.settings.base import *  # noqa: F403
from config.settings.base import MIDDLEWARE, STORAGES, VAR_DIR
from config.settings.logs import logging_config
from config.settings.security import *  # noqa: F403

TESTING = True
SERVE_SPA = True
SECRET_KEY = "only-for-tests-" + "x1y2z3" * 8
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MAIL_PREVIEWS = True
MEDIA_ROOT = Path(VAR_DIR) / "media"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
MIDDLEWARE = [name for name in MIDDLEWARE if name != "apps.common.metrics.MetricsMiddleware"]
LOGGING = logging_config(json=False, level="CRITICAL")
