"""Finding whole words and phrases in a text, whatever their case and spelling in Unicode. Nothing here is a pattern
that a person wrote, so no list can make it slow."""

import unicodedata
from collections.abc import Iterable, Sequence

_WRITTEN_WITHOUT_SPACES = ("CJK ", "HIRAGANA", "KATAKANA", "THAI", "LAO ", "KHMER", "MYANMAR", "TIBETAN")


class _Folding(dict[int, str | None]):
    """For `str.translate`: letters, marks and digits stay, all else parts words. A character of a script that writes no
    spaces is a word by itself, so that phrases of it are found anywhere; invisible characters are nothing at all."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        category = unicodedata.category(character)
        folded: str | None = " "
        if category == "Cf":
            folded = None
        elif category[0] in "LMN":
            is_apart = unicodedata.name(character, "").startswith(_WRITTEN_WITHOUT_SPACES)
            folded = f" {character} " if is_apart else character
        if len(self) < 20_000:
            self[code] = folded
        return folded


_FOLDING = _Folding()


def words_of(text: str) -> list[str]:
    """The words of a text in order, folded: without regard to case, width, ligatures and invisible characters."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return folded.translate(_FOLDING).split()


class WordList:
    """Words and phrases to look for, each in whole words."""

    def __init__(self, entries: Iterable[str]) -> None:
        self._by_first: dict[str, list[list[str]]] = {}
        for entry in entries:
            if phrase := words_of(entry):
                self._by_first.setdefault(phrase[0], []).append(phrase)

    def is_in(self, words: Sequence[str]) -> bool:
        """Whether one of them stands in these (folded) words."""
        for at, word in enumerate(words):
            for phrase in self._by_first.get(word, ()):
                if words[at : at + len(phrase)] == phrase:
                    return True
        return False
