"""Celery, the transport that wakes workers in production. What has to be done is written in the outbox."""

import os
import sys
from typing import Any

import django
from celery import Celery
from celery.signals import beat_init, worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")

app = Celery("byline")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
@beat_init.connect
def refuse_unsafe_settings(**kwargs: Any) -> None:
    """Celery runs Django's system checks, but does not mind what they find."""
    django.setup()
    from apps.accounts.checks import refuse_to_start

    try:
        refuse_to_start()
    except SystemExit as reason:
        # By now Celery has put loggers in the place of the standard streams.
        print(reason, file=sys.__stderr__, flush=True)
        raise SystemExit(1) from None
