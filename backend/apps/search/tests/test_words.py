"""What counts as a word."""

import re

from apps.search.words import _MARKS, _UNSPACED, WORD


def test_words_are_runs_of_letters_and_characters_of_scripts_without_spaces():
    found = WORD.findall("Naïve co-op snake_case, 𝐛𝐨ld 𐐨x 東京 हिन्दी n\u0303")

    assert found == ["Naïve", "co", "op", "snake", "case", "𝐛𝐨ld", "𐐨x", "東", "京", "हिन्दी", "n\u0303"]


def test_every_character_is_what_its_kind_says():
    by_kind = re.compile(rf"(?:[^\W_{_UNSPACED}]|[{_MARKS}])+|[{_UNSPACED}]")
    every = "".join(map(chr, range(0x110000)))

    assert WORD.findall(every) == by_kind.findall(every)
