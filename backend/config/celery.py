"""Celery, the transport that wakes workers in production. What has to be done is written in the outbox."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")

app = Celery("byline")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
