"""Django's admin, with our own site as the default one."""

from django.contrib.admin.apps import AdminConfig


class BylineAdminConfig(AdminConfig):
    default_site = "apps.accounts.admin_site.BylineAdminSite"
