"""Words of a text, as both engines index them: folded, and stemmed by the text's language.

The engines only ever see what comes out of here, so that they find the same. A word is folded first (case, accents,
compatibility forms) and stemmed then, on both sides: "Résumés", "resumes" and "RESUME" are one token. Scripts that put
no spaces between words (Chinese, Japanese, Thai, …) become one token a character, and runs of them phrases.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import snowballstemmer

MAX_WORD = 40
"""Characters of a word that count; what is longer is no word that anybody looks for."""
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06ed\u0900-\u0963\u0966-\u0dff"
)
# The first 65,536 characters, told one by one: `re` looks such a set up at once, which takes a third of the time.
_RUNS = re.findall(rf"(?:[^\W_{_UNSPACED}]|[{_MARKS}])+", "".join(map(chr, range(0x10000))))
_LETTER = f"[{''.join(f'{run[0]}-{run[-1]}' for run in _RUNS)}]"
_FAR_LETTER = r"[\U00010000-\U0001ffff\U00040000-\U0010ffff](?<=[^\W_])"
WORD = re.compile(rf"{_LETTER}+(?:{_FAR_LETTER}{_LETTER}*)*|[{_UNSPACED}]|(?:{_FAR_LETTER}{_LETTER}*)+")
"""Finds words in a text as people wrote it: runs of letters, digits and marks, and each character of scripts without
spaces alone."""
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_PIECES = re.compile(rf"[{_UNSPACED}]|[^{_UNSPACED}]+")
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n"}
)
"""Letters that Unicode does not take apart, as people without them on their keyboard type them."""
STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
"""Languages whose words are stemmed; of others, words are found as they stand."""
_own = threading.local()


def stemming_of(language: str) -> str:
    """Which stemming texts of that language tag get: "en" for `en-GB`, "" for none."""
    primary = language.partition("-")[0].lower()
    return primary if primary in STEMMERS else ""


@lru_cache(maxsize=200_000)
def fold(word: str) -> tuple[str, ...]:
    """The word without case and accents; more than one where characters stand for themselves."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    plain = unicodedata.normalize("NFC", _ACCENTS.sub("", plain)).translate(_LETTERS)
    plain = "".join(char for char in plain if (char.isalnum() if char.isascii() else char.isprintable()))
    return tuple(piece[:MAX_WORD] for piece in _PIECES.findall(plain) if not piece.isspace())


@lru_cache(maxsize=200_000)
def stem(word: str, stemming: str) -> str:
    """The token for a folded word."""
    if not stemming or not word.isalpha():
        return word
    stemmers: dict[str, Any] = _own.__dict__.setdefault("stemmers", {})
    if stemming not in stemmers:  # one for each thread: they keep the word that they work on
        stemmers[stemming] = snowballstemmer.stemmer(STEMMERS[stemming])
    return str(stemmers[stemming].stemWord(word)) or word


def folded(text: str) -> list[str]:
    """All words of the text, folded, in order."""
    return [piece for word in WORD.findall(text) for piece in fold(word)]


def tokens(text: str, stemming: str) -> list[str]:
    """All words of the text as they are indexed, in order."""
    return [stem(word, stemming) for word in folded(text)]


@lru_cache(maxsize=200_000)
def tokens_of(word: str, stemming: str) -> tuple[str, ...]:
    """The tokens of one word as it stands in a text."""
    return tuple(stem(piece, stemming) for piece in fold(word))


def placed_tokens(text: str, stemming: str) -> Iterator[tuple[str, int, int]]:
    """The same with where each begins and ends in the text."""
    for match in WORD.finditer(text):
        for token in tokens_of(match[0], stemming):
            yield token, match.start(), match.end()
