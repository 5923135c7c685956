"""Texts that are nested to keep the server busy."""

import time

import pytest

from apps.common.markup import render
from apps.common.markup.nesting import DEEPEST, not_too_deep


@pytest.mark.parametrize(
    "piece", ["<div>", "<ul><li>", "<blockquote>", "<table><tr><td>", "<p>", "<b><i>", "<svg>", "<DIV\n>"]
)
def test_half_a_megabyte_of_nesting_takes_no_longer(piece: str) -> None:
    html = (piece * 200_000)[:500_000]
    began = time.process_time()
    render(html, "html")
    assert time.process_time() - began < 8


def test_what_people_write_is_left_as_it_is() -> None:
    flat = "<div><p>One</p><ul><li>a<li>b</ul></div>" * 500
    nested = "<div>" * 100 + "deep" + "</div>" * 100
    unclosed = "<p>a<br>" * 1000
    for html in (flat, nested, unclosed, "<" * 1000):
        assert not_too_deep(html) == html


def test_what_is_too_deep_is_shown_as_text() -> None:
    html = not_too_deep("<div>" * (DEEPEST + 1))
    assert (html.count("<div>"), html.count("&lt;div>")) == (DEEPEST, 1)
