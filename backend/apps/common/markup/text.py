"""Plain text of rendered HTML, how it begins, and how long it takes to read."""

import html
import math
import re

WORDS_PER_MINUTE = 230
IDEOGRAPHS_PER_MINUTE = 400
LONGEST_BEGINNING = 200
"""Characters: about as much as search engines show of a description."""
_END_OF_BLOCK = re.compile(r"</(?:p|li|h\d|td|th|figcaption|blockquote|pre|div)>|<br\s*/?>")
_TAG = re.compile(r'<(?:[^>"]|"[^"]*+(?:"|\Z))*+(?:>|\Z)')
"""As the sanitiser writes them: values stand in double quotes. The last one may be cut off."""
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")


def plain_text(rendered: str) -> str:
    """The text of sanitised HTML with white space folded."""
    return " ".join(html.unescape(_TAG.sub("", _END_OF_BLOCK.sub(" ", rendered))).split())


def beginning_of(rendered: str) -> str:
    """The first words of sanitised HTML, in plain text. Costs the same however long the text is."""
    read = 10 * LONGEST_BEGINNING
    # Twice as much as is shown, so that nothing shown stands where the HTML is cut off.
    while len(text := plain_text(rendered[:read])) < 2 * LONGEST_BEGINNING and read < len(rendered):
        read *= 4
    if len(text) <= LONGEST_BEGINNING:
        return text
    shown = text[:LONGEST_BEGINNING]
    words = shown.rpartition(" ")[0]
    # Not every script parts its words.
    return f"{(words if len(words) > LONGEST_BEGINNING * 3 / 4 else shown[:-1]).rstrip(' ,;:–—-')}…"


def reading_minutes(rendered: str) -> int:
    """Whole minutes, at least one: 230 words or 400 ideographs a minute."""
    text = plain_text(rendered)
    ideographs = len(_IDEOGRAPH.findall(text))
    words = len(_IDEOGRAPH.sub(" ", text).split())
    return max(1, math.ceil(words / WORDS_PER_MINUTE + ideographs / IDEOGRAPHS_PER_MINUTE - 0.25))
