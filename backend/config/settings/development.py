"""The embedded shape: SQLite, no server to install. `manage.py` without an environment and `make run` use it."""

import environ

from config import env
from config.secret_key import load_or_create
from config.settings.accounts import *  # noqa: F403
from config.settings.api import *  # noqa: F403
from config.settings.base import *  # noqa: F403
from config.settings.base import IS_SQLITE, STORAGES, VAR_DIR
from config.settings.logs import logging_config
from config.settings.security import *  # noqa: F403

DEBUG = env.boolean("DEBUG", default=False)
VAR_DIR.mkdir(parents=True, exist_ok=True)
SECRET_KEY = env.text("SECRET_KEY") or load_or_create(VAR_DIR / "secret_key")

if not IS_SQLITE:
    from config.settings.base import DATABASES

    DATABASES["default"]["CONN_MAX_AGE"] = 60

if env.text("EMAIL_URL"):
    vars().update(environ.Env.email_url_config(env.text("EMAIL_URL")))
else:
    EMAIL_BACKEND = "apps.common.mail.PrintedFileBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"

MAIL_PREVIEWS = True

if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_AUTOREFRESH = True

# The web process serves the built SPA and uploaded files itself; in production Nginx does.
SERVE_SPA = True
LOGGING = logging_config(json=env.boolean("LOG_JSON", default=False), level=env.text("LOG_LEVEL", "WARNING"))
