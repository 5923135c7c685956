"""Files for the publication's pictures, in the form of its record."""

from typing import Any, get_args

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from apps.media.services.site_pictures import SitePicture, store_site_picture
from apps.site.admin import SiteAdmin
from apps.site.admin_form import SiteForm
from apps.site.models import Site

KINDS: tuple[SitePicture, ...] = get_args(SitePicture)


class PictureField(forms.FileField):
    """A file that is looked at where it is stored."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=f"{label}: file",
            required=False,
            max_length=255,
            widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/avif,image/gif"}),
        )


class SiteWithPicturesForm(SiteForm):
    logo_file = PictureField("Logo")
    icon_file = PictureField("Icon")
    share_image_file = PictureField("Picture for sharing")


admin.site.unregister(Site)


@admin.register(Site)
class SiteWithPicturesAdmin(SiteAdmin):
    form = SiteWithPicturesForm

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A file below each address."""
        return [
            (title, {**options, "fields": [name for field in options["fields"] for name in _with_file(field)]})
            for title, options in super().get_fieldsets(request, obj)
        ]

    def change(self, request: HttpRequest, obj: Site, form: Any) -> Site:
        """A file that was chosen takes the place of the address."""
        for kind in KINDS:
            upload = form.cleaned_data.pop(f"{kind}_file", None)
            if upload is None:
                continue
            form.cleaned_data[f"{kind}_url"] = store_site_picture(kind, file=upload, size=upload.size)
            form.changed_data.append(f"{kind}_url")
        form.changed_data[:] = [name for name in form.changed_data if not name.endswith("_file")]
        return super().change(request, obj, form)


def _with_file(field: Any) -> list[Any]:
    kind = str(field).removesuffix("_url")
    return [field, f"{kind}_file"] if kind in KINDS and str(field).endswith("_url") else [field]
