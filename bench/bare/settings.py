"""As `django-admin startproject` makes them, with DRF added; the same database connection reuse as ours."""

import os

import environ

SECRET_KEY = "bench"  # noqa: S105 - serves nothing but the measurement
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "rest_framework",
    "bare",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "bare.urls"
DATABASES = {"default": environ.Env.db_url_config(os.environ["DATABASE_URL"])}
if "postgresql" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 8}}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = None
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
