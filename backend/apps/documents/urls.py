"""Every address that nothing else answers. Included last."""

from django.urls import re_path

from apps.documents.views import document

# Slug characters, so that no document looks like a file or a part of ours.
_RESERVED = ("api", "admin", "static", "media", "assets", "livez", "readyz", "metrics")

urlpatterns = [re_path(rf"^(?!(?:{'|'.join(_RESERVED)})(?:/|$)).*$", document, name="document")]
