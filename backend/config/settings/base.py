"""Settings that every installation shares. What differs comes from the environment through `config.env`."""

from pathlib import Path
from urllib.parse import urlsplit

import environ

from config import env
from config.settings import media

BACKEND_DIR = Path(__file__).resolve().parents[2]
PROJECT_DIR = BACKEND_DIR.parent
VAR_DIR = Path(env.text("VAR_DIR", str(PROJECT_DIR / "var"))).resolve()
SPA_DIR = Path(env.text("SPA_DIR", str(PROJECT_DIR / "frontend" / "dist"))).resolve()
SPA_SERVER = Path(env.text("SPA_SERVER", str(PROJECT_DIR / "frontend" / "dist-server" / "server.js"))).resolve()
"""The app's components as one script, which renders documents inside the web process."""

DEBUG = False
TESTING = False
PRODUCTION = False

# Where readers find the site. Cookies, HSTS, redirects to TLS and absolute addresses follow it.
PUBLIC_URL = env.origin("PUBLIC_URL", "http://127.0.0.1:8000")
PUBLIC_HOST = urlsplit(PUBLIC_URL).hostname or ""
IS_HTTPS = PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = list(dict.fromkeys([PUBLIC_HOST, *env.items("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")]))
# Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed: addresses or networks.
TRUSTED_PROXIES = env.items("TRUSTED_PROXIES")

INSTALLED_APPS = [
    "apps.accounts.admin_config.BylineAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "corsheaders",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "apps.common",
    "apps.site",
    "apps.accounts",
    "apps.media",
    "apps.tags",
    "apps.posts",
    "apps.pages",
    "apps.comments",
    "apps.reactions",
    "apps.notifications",
    "apps.moderation",
    "apps.profiles",
    "apps.importers",
    "apps.search",
    "apps.feeds",
    "apps.webmentions",
    "apps.documents",
    "apps.demo",
]

MIDDLEWARE = [
    "apps.common.middleware.RequestContextMiddleware",
    "apps.common.middleware.TrustedProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "apps.common.metrics.MetricsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "apps.common.middleware.PagePolicyMiddleware",
    "apps.common.language.LanguageMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = True
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BACKEND_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "apps.site.context_processors.site",
            ],
        },
    },
]

# -- Database --------------------------------------------------------------------------------------------------
DATABASE_URL = env.text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'byline.sqlite3'}")
try:
    _database = environ.Env.db_url_config(DATABASE_URL)
except ValueError as error:
    env.fail(f"DATABASE_URL cannot be understood ({error}). Example: postgres://user:password@host:5432/name")
IS_SQLITE = _database["ENGINE"] == "django.db.backends.sqlite3"
if IS_SQLITE:
    _database["CONN_MAX_AGE"] = None  # opening a file and setting its pragmas costs as much as a small request
    _database["OPTIONS"] = {
        # Writers queue up at BEGIN instead of failing halfway; an acknowledged commit survives a power cut.
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456;"
        ),
    }
else:
    _database["OPTIONS"] = {
        **_database.get("OPTIONS", {}),
        "connect_timeout": 2,
        "application_name": "byline",
        "options": f"-c statement_timeout={env.integer('DATABASE_STATEMENT_TIMEOUT_MS', 5000)} -c lock_timeout=4000",
    }
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- Cache and jobs --------------------------------------------------------------------------------------------
REDIS_URL = env.text("REDIS_URL")
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django_redis.cache.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "byline",
            "OPTIONS": {
                "IGNORE_EXCEPTIONS": True,  # a lost Redis is a slower site, not an outage
                "SOCKET_CONNECT_TIMEOUT": 0.2,
                "SOCKET_TIMEOUT": 0.2,
            },
        }
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    }
CELERY_BROKER_URL = REDIS_URL or None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_SOFT_TIME_LIMIT = 90
CELERY_TASK_PUBLISH_RETRY = False  # the sweeper finds what a lost broker did not carry
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "socket_timeout": 1.0,
    "socket_connect_timeout": 0.5,
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    "run-periodic-jobs": {"task": "apps.common.tasks.run_periodic_jobs", "schedule": 15.0},
}

# -- Texts -----------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]  # what there is a catalogue for
TIME_ZONE = "UTC"
USE_I18N = True
LOCALE_PATHS = [BACKEND_DIR / "locale"]
USE_TZ = True

# -- Files -----------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(VAR_DIR / "static")))
MEDIA_URL = "/media/"
MEDIA_ELSEWHERE = media.S3_PUBLIC_URL
"""Where files are that are not on disk, for browsers. Empty: nowhere."""
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(VAR_DIR / "media")))
EXPORT_ROOT = Path(env.text("EXPORT_ROOT", str(VAR_DIR / "exports")))
"""Archives of what people have exported. Web process and worker share it; no web server serves it."""
STORAGES = {
    "default": media.media_storage(),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
IMAGE_UPLOADS_AN_HOUR = env.integer("IMAGE_UPLOADS_AN_HOUR", 200, minimum=1)
"""Pictures for posts that one account may send in an hour, refused ones among them."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# -- Mail ------------------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", f"Byline <no-reply@{PUBLIC_HOST or 'localhost'}>")
EMAIL_TIMEOUT = 10
DIGEST_HOUR = env.integer("DIGEST_HOUR", 7)
"""When daily mails go out: the hour of the day, in UTC."""
if DIGEST_HOUR > 23:
    env.fail("DIGEST_HOUR is not an hour of the day. Set it to a number from 0 to 23.")
MAIL_PREVIEWS = False
"""Whether /dev/mails shows every mail. For development; never in production."""

# -- Conversation ----------------------------------------------------------------------------------------------
AKISMET_URL = env.address("AKISMET_URL") or "https://rest.akismet.com"
AKISMET_KEY = env.text("AKISMET_KEY")
"""A service that speaks Akismet's protocol. Asked only with a key, and while a rule of that kind is on."""

# -- Documents -------------------------------------------------------------------------------------------------
DOCUMENT_TIME_LIMIT_MS = env.integer("DOCUMENT_TIME_LIMIT_MS", 3000, minimum=100)
"""For rendering one document, waiting for the engine apart. A reader who would wait longer gets the bare app."""
DOCUMENT_MEMORY_MB = env.integer("DOCUMENT_MEMORY_MB", 256, minimum=64)
"""For the engine that renders them, of which each web process has one."""
DOCUMENT_QUEUE = max(1, env.integer("GRANIAN_BLOCKING_THREADS", 4, minimum=1) - 2)
"""Requests that may wait for that engine: one thread of the process is left for all others."""

# -- What others are told --------------------------------------------------------------------------------------
WEBSUB_HUB = env.address("WEBSUB_HUB")
"""A hub that passes news of the feeds on to whoever subscribed to them there, such as https://hub.example.org."""
WEBMENTIONS = env.boolean("WEBMENTIONS", default=True)
"""Whether other sites are told that a post links to them, and may tell us that they mention one."""

SENTRY_DSN = env.text("SENTRY_DSN")
METRICS_ENABLED = env.boolean("METRICS_ENABLED", default=True)
