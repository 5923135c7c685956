"""Address of the publication's record."""

from django.urls import path

from apps.site.views import SiteView

app_name = "site"

urlpatterns = [path("site", SiteView.as_view(), name="site")]
