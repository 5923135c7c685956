"""The publication's own record in the Django admin, and its name at the top of every page there."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import lazystr

from apps.common.admin import ServiceAdmin
from apps.common.conditional import check_version
from apps.site.admin_form import SiteForm
from apps.site.models import Site
from apps.site.services import get_site, update_site


class _SiteName:
    """Read anew for each page, since the name can change while the process runs."""

    def __str__(self) -> str:
        return get_site().name


admin.site.site_header = lazystr(_SiteName())
admin.site.site_title = lazystr(_SiteName())


@admin.register(Site)
class SiteAdmin(ServiceAdmin):
    """There is one record: its form stands where a list would."""

    form = SiteForm
    fieldsets = (
        (None, {"fields": ("name", "description", "language")}),
        ("Look", {"fields": ("accent_color", "logo_url", "icon_url", "share_image_url")}),
        ("Ways around", {"fields": ("navigation", "footer_text")}),
        ("Rules", {"fields": ("registration_open", "review_required", "comment_edit_minutes", "updated_at")}),
    )
    readonly_fields = ("updated_at",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Site | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return HttpResponseRedirect(self._url("change", get_site().pk))

    @transaction.atomic
    def change(self, request: HttpRequest, obj: Site, form: Any) -> Site:
        current = Site.objects.select_for_update().get(pk=obj.pk)
        check_version(current.version, form.expected)
        return update_site(**form.changes)
