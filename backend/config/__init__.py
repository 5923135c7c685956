"""Settings, URLs and entry points."""

# Loaded with Django, so that tasks sent by the web process go to our broker and not to Celery's default one.
from config.celery import app as celery_app

__all__ = ["celery_app"]
