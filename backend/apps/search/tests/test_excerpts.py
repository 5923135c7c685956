"""Excerpts of long posts, which are looked for at their beginning first."""

import html
import re

import pytest

from apps.common.markup import plain_text
from apps.search import results
from apps.search.snippets import excerpt

TEXT = "<p>Salt &amp; sand, <em>ropes</em> and <a href='/x'>nets</a>, boats &lt;small&gt; ones.</p> " * 12
POST = f"{TEXT}<p>The <b>harbour</b> wall &amp; the harbour light.</p>{TEXT * 3}"


def test_wherever_the_beginning_ends_what_is_shown_is_whole_and_marked(monkeypatch: pytest.MonkeyPatch):
    whole = plain_text(POST)
    for looked_at in range(900, len(POST) + 2, 3):
        monkeypatch.setattr(results, "FIRST_HTML", looked_at)

        found = results._excerpt(POST, "en", {("harbour",)})

        assert "<mark>harbour</mark> wall &amp; the <mark>harbour</mark> light." in found, looked_at
        shown = html.unescape(re.sub("</?mark>", "", found)).removeprefix("… ").removesuffix(" …")
        assert f" {shown} " in whole, looked_at


def test_only_the_beginning_of_a_long_post_is_read_where_it_holds_what_is_looked_for(monkeypatch: pytest.MonkeyPatch):
    read: list[int] = []

    def noting(text: str) -> str:
        read.append(len(text))
        return plain_text(text)

    monkeypatch.setattr(results, "plain_text", noting)
    long = "<p>The harbour wall.</p>" + "<p>Salt and sand.</p>" * 5000

    assert "<mark>harbour</mark>" in results._excerpt(long, "en", {("harbour",)})
    assert read == [results.FIRST_HTML]
    assert results._excerpt(long, "en", {("ladder",)}, otherwise="About walls.") == "About walls."


@pytest.mark.parametrize(
    ("text", "token", "shown"),
    [
        ("Häuser, und noch viel mehr. " + "Auch das. " * 200, "haus", "<mark>Häuser</mark>, und"),
        ("東京タワー。" * 300 + "秋の本。" + "東京タワー。" * 300, "秋", "<mark>秋</mark>の本"),
        ("other " * 500 + "The end of it.", "the", "<mark>The</mark> end of it."),
        ("Résumé. " + "Nothing. " * 300 + "A résumé, a resume.", "resum", "a <mark>resume</mark>."),
    ],
)
def test_an_excerpt_is_found_wherever_it_is(text: str, token: str, shown: str):
    assert shown in excerpt(text, "de" if token == "haus" else "en", {(token,)})


@pytest.mark.parametrize(
    "text", ["İ" * 60 + " hellox", "İSTANBUL DA İYİ BİR İŞ İÇİN İZMİR İN İNCİSİ " * 6 + "hellodan"]
)
def test_letters_that_become_longer_lead_nowhere_beyond_the_text(text: str):
    assert excerpt(text, "en", {("hello",)})[:20] == text[:20]
