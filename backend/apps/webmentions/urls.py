"""Where mentions are taken. It stands at the site's root."""

from django.urls import path

from apps.webmentions.views import webmention

app_name = "webmentions"

urlpatterns = [path("webmention", webmention, name="webmention")]
