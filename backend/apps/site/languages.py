"""The language in which the publication speaks where no browser chooses."""

from django.conf import settings
from django.utils import translation

from apps.site.services import get_site


def site_language() -> str:
    """The publication's language, as far as there is a catalogue for it."""
    return supported_language(get_site().language)


def supported_language(code: str) -> str:
    """The language that there is a catalogue for, or English: `de` for `de-AT`."""
    try:
        return translation.get_supported_language_variant(code.lower())
    except LookupError:
        return settings.LANGUAGE_CODE
