"""The API: `/api/v1/…` and its documentation."""

from django.urls import URLPattern, URLResolver, include, path

import apps.accounts.schema  # noqa: F401 - registers itself with drf-spectacular
from apps.common.api_docs import SchemaView, docs_page

# What is read most comes first: addresses are tried one after the other.
v1: list[URLPattern | URLResolver] = [
    path("", include("apps.posts.urls")),
    path("", include("apps.comments.urls")),
    path("", include("apps.reactions.urls")),
    path("", include("apps.notifications.urls")),
    path("", include("apps.moderation.urls")),
    path("", include("apps.site.urls")),
    path("", include("apps.accounts.urls")),
    path("", include("apps.media.urls")),
    path("", include("apps.profiles.urls")),
    path("", include("apps.pages.urls")),
    path("", include("apps.search.urls")),
    path("schema", SchemaView.as_view(), name="schema"),
]

urlpatterns = [
    path("v1/", include(v1)),
    path("docs", docs_page, name="api-docs"),
]
