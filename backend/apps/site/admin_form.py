"""The form of the publication's record, for people who know nothing of JSON."""

from typing import Any

from django import forms

from apps.common.admin import ServiceForm
from apps.site.models import Site
from apps.site.validators import MAX_ADDRESS, MAX_LABEL, MAX_NAVIGATION, validate_navigation

Entries = list[dict[str, str]]
_EMPTY_ROWS = 2
_PICTURES = ("logo_url", "icon_url", "share_image_url")


class NavigationWidget(forms.Widget):
    """A row for each entry, and empty ones below. With JavaScript rows can be moved, and more of them added."""

    template_name = "site/admin/navigation.html"

    class Media:
        css = {"all": ["site/admin_site.css"]}
        js = [forms.Script("site/admin_site.js", defer=True)]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows = list(value or [])
        empty = [{"label": "", "url": ""}] * min(_EMPTY_ROWS, MAX_NAVIGATION - len(rows))
        context["widget"].update(
            rows=[*rows, *empty], most=MAX_NAVIGATION, longest_label=MAX_LABEL, longest_address=MAX_ADDRESS
        )
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Entries:
        """The rows that hold anything, in the order in which they were sent."""
        texts = [_list(data, f"{name}_{part}") for part in ("label", "url")]
        rows = [{"label": label.strip(), "url": url.strip()} for label, url in zip(*texts, strict=False)]
        return [row for row in rows if row["label"] or row["url"]]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}_label" not in data


class NavigationField(forms.Field):
    widget = NavigationWidget
    default_validators = [validate_navigation]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != list(data or [])


class SiteForm(ServiceForm):
    navigation = NavigationField(
        required=False,
        help_text=(
            "What stands at the top of every page, in this order; up to five are in one line, the rest in the menu. An "
            "address of this site is a path such as /pages/about or /categories/essays. Empty: the pages that are in "
            "the navigation, and the archive."
        ),
    )

    class Meta:
        model = Site
        fields = "__all__"
        widgets = {
            "accent_color": forms.TextInput(attrs={"type": "color"}),
            **{name: forms.TextInput(attrs={"class": "vLargeTextField"}) for name in _PICTURES},
            "description": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
            "footer_text": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        }
        help_texts = {
            "description": "One or two sentences. Under the name on the front page, and where addresses are shared.",
            "logo_url": "In place of the name. An address, or choose a file below.",
            "icon_url": "A square. For tabs, bookmarks, and the screens of phones.",
            "share_image_url": "Shown where somebody shares a page that has no picture of its own; best 1200 × 630.",
            "footer_text": "At the foot of every page, in place of the description.",
            "accent_color": "Links and marks. Where it would be hard to read, readers get a darker or lighter shade.",
            "language": "The language in which the site speaks to readers who have not chosen one: en or de.",
        }


def _list(data: Any, name: str) -> list[str]:
    return data.getlist(name) if hasattr(data, "getlist") else list(data.get(name, []))
