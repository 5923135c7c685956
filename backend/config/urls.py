"""Every address that Django answers."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from apps.common import health
from apps.common.metrics import metrics
from apps.site.manifest import favicon, manifest

urlpatterns = [
    path("livez", health.livez),
    path("readyz", health.readyz),
    path("metrics", metrics),
    path("manifest.webmanifest", manifest),
    path("favicon.ico", favicon),
    path("admin/", admin.site.urls),
    path("api/", include("config.api_urls")),
    path("", include("apps.feeds.urls")),
    path("", include("apps.webmentions.urls")),
]

if settings.MAIL_PREVIEWS:
    from apps.accounts.mails.previews import mail_previews

    urlpatterns += [path("dev/mails", mail_previews)]

if settings.SERVE_SPA:
    from apps.common.spa import spa_patterns

    urlpatterns += spa_patterns()

# Last: every address that is left is one of the publication's, or of nothing.
urlpatterns += [path("", include("apps.documents.urls"))]

# Names, not imports: Django loads them when an error asks for one.
handler400 = "apps.common.problems.bad_request"
handler403 = "apps.common.problems.forbidden"
handler404 = "apps.common.problems.not_found"
handler500 = "apps.common.problems.server_error"
