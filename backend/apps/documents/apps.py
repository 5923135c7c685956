"""Documents: the pages of the publication as the server sends them, before any script runs."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "apps.documents"
