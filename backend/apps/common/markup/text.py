"""Plain text of rendered HTML, and how long it takes to read."""

import html
import math
import re

WORDS_PER_MINUTE = 230
IDEOGRAPHS_PER_MINUTE = 400
_END_OF_BLOCK = re.compile(r"</(?:p|li|h\d|td|th|figcaption|blockquote|pre|div)>|<br\s*/?>")
_TAG = re.compile(r'<(?:[^>"]|"[^"]*+(?:"|\Z))*+(?:>|\Z)')
"""As the sanitiser writes them: values stand in double quotes. The last one may be cut off."""
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")


def plain_text(rendered: str) -> str:
    """The text of sanitised HTML with white space folded."""
    return " ".join(html.unescape(_TAG.sub("", _END_OF_BLOCK.sub(" ", rendered))).split())


def reading_minutes(rendered: str) -> int:
    """Whole minutes, at least one: 230 words or 400 ideographs a minute."""
    text = plain_text(rendered)
    ideographs = len(_IDEOGRAPH.findall(text))
    words = len(_IDEOGRAPH.sub(" ", text).split())
    return max(1, math.ceil(words / WORDS_PER_MINUTE + ideographs / IDEOGRAPHS_PER_MINUTE - 0.25))
