"""Every mail as it will arrive, at /dev/mails. For development: the address exists only where MAIL_PREVIEWS is on."""

from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import to_language
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from apps.accounts.mails.kinds import all_kinds, find_kind
from apps.accounts.mails.sending import RenderedMail, render_mail
from apps.site.services import get_site

_POLICY: dict[str, Any] = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "frame-src": [SELF],
    "img-src": ["data:"],
    "frame-ancestors": [SELF],
    "form-action": [SELF],
    "script-src": [NONE],
}


@require_safe
@csp_replace(_POLICY)
@xframe_options_sameorigin
def mail_previews(request: HttpRequest) -> HttpResponse:
    """The list of mails and the chosen one; with `part=html` or `part=text` that part alone, as it is sent."""
    chosen = request.GET.get("mail", "welcome")
    language = request.GET.get("language") or get_site().language
    rendered = _render(chosen, language)
    part = request.GET.get("part")
    if part == "html":
        address = rendered.logo.as_address() if rendered.logo else ""
        return HttpResponse(rendered.html.replace("cid:logo", address))
    if part == "text":
        return HttpResponse(rendered.text, content_type="text/plain; charset=utf-8")
    entries = [f"{kind.name}:{variant}".rstrip(":") for kind in all_kinds() for variant in kind.samples]
    context = {
        "entries": entries,
        "chosen": chosen,
        "language": language,
        "languages": languages(),
        "mail": rendered,
    }
    return render(request, "accounts/mail_previews.html", context)


def languages() -> list[str]:
    """English, and every language that there is a catalogue for."""
    folders = [path.parent.parent.name for root in settings.LOCALE_PATHS for path in root.glob("*/LC_MESSAGES/*.mo")]
    return ["en", *sorted(to_language(name) for name in folders)]


def _render(chosen: str, language: str) -> RenderedMail:
    name, _, variant = chosen.partition(":")
    kind = find_kind(name)
    if kind is None or variant not in kind.samples:
        raise Http404("There is no such mail.")
    return render_mail(kind, kind.samples[variant], language=language)
