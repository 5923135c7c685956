"""What an error says, in the language that the caller reads.

Services raise their errors in English, without knowing who asked; the words are translated where they leave. A text
with values in it, such as `Use at most 10 tags.`, stands in the catalogues with numbered gaps: `Use at most {0} tags.`
"""

import re
from functools import lru_cache

from django.utils.translation import get_language, gettext
from django.utils.translation.trans_real import translation as catalogue_of

_GAP = re.compile(r"\{\d+\}")
_LONGEST = 500


def in_the_callers_words(text: str) -> str:
    """The text in the active language, or as it is where no catalogue has it."""
    language = get_language()
    if not text or not language or language == "en":
        return text
    translated = gettext(text)
    if translated != text or len(text) > _LONGEST:
        return translated
    for pattern, words in _with_gaps(language):
        if found := pattern.fullmatch(text):
            return words.format(*found.groups())
    return text


@lru_cache(maxsize=8)
def _with_gaps(language: str) -> list[tuple[re.Pattern[str], str]]:
    """The texts of a catalogue that have gaps, those with the most words of their own first."""
    rows = [
        (message, words)
        for message, words in catalogue_of(language)._catalog.items()  # type: ignore[attr-defined]  # noqa: SLF001 - no other way in
        if isinstance(message, str) and _GAP.search(message)
    ]
    rows.sort(key=lambda row: -len(_GAP.sub("", row[0])))
    return [
        (re.compile("(.+?)".join(map(re.escape, _GAP.split(message))), re.DOTALL), words) for message, words in rows
    ]
