"""Whole words and phrases, whatever their case and spelling in Unicode."""

import time

import pytest

from apps.moderation.services.rule_words import WordList, words_of


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ("casino", "My CASINO!"),
        ("casino", "my-casino-here"),
        ("casino", "ｃａｓｉｎｏ"),
        ("casino", "ca\u200bsi\u00adno"),
        ("free money", "Free,\n\nMONEY"),
        ("straße", "STRASSE"),
        ("café", "cafe\u0301"),
        ("ofﬁce", "office"),
        ("赌场", "来赌场玩"),
        ("คาสิโน", "ไปคาสิโนกัน"),
        ("हिन्दी", "यह हिन्दी है"),
        ("win 100", "win 100"),
        ("c++", "c"),
    ],
)
def test_word_is_found(entry: str, text: str) -> None:
    assert WordList([entry]).is_in(words_of(text))


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ("ass", "classic assets"),
        ("casino", "casinos"),
        ("free money", "free the money"),
        ("free money", "money free"),
        (".*", "anything"),
        ("ca.ino", "casino"),
        ("赌场", "赌一场"),
    ],
)
def test_word_is_not_found_in_others(entry: str, text: str) -> None:
    assert not WordList([entry]).is_in(words_of(text))


def test_longest_list_and_longest_comment_take_little_time() -> None:
    """A list that would be the death of a pattern matcher."""
    listed = WordList(["a " * 40 + str(number) for number in range(500)])
    words = words_of("a " * 5000)
    start = time.process_time()
    assert not listed.is_in(words)
    assert time.process_time() - start < 3
