"""The WSGI application that granian serves."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")

django.setup()

# The server runs no system checks; with settings under which nobody could be signed out it must not serve.
from apps.accounts.checks import refuse_to_start  # noqa: E402 - needs the apps
from apps.common.wsgi import Utf8Handler  # noqa: E402 - needs the apps

refuse_to_start()

application = Utf8Handler()

from apps.documents.warming import warm_up  # noqa: E402 - needs the apps

warm_up()
