"""The language in which the API speaks to a caller: what they ask for, as far as there is a catalogue, or English."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

GetResponse = Callable[[HttpRequest], HttpResponse]
DEFAULT = "en"
_LONGEST_HEADER = 200


class LanguageMiddleware:
    """Answers Accept-Language under /api. Only errors have words in them: what lists and objects say is the same in
    every language, and so are the copies that caches keep of them. Elsewhere the publication's language stands."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/api/"):
            return self.get_response(request)
        language = language_asked_for(request.headers.get("Accept-Language", ""))
        with translation.override(language):
            response = self.get_response(request)
        if response.status_code >= 400:
            response.headers["Content-Language"] = language
            patch_vary_headers(response, ["Accept-Language"])
        return response


def language_asked_for(header: str) -> str:
    """The first of the header's languages that there is a catalogue for. Without one, or with nonsense: English."""
    for code, _weight in parse_accept_lang_header(header[:_LONGEST_HEADER].lower()):
        try:
            return translation.get_supported_language_variant(code)
        except LookupError:
            continue
    return DEFAULT
