"""CommonMark's own examples, from the package that the frontend's tests use too."""

import re
from pathlib import Path

import pytest

from apps.common.markup import plain_text, render
from apps.common.tests.test_markup import Guard

SPEC = Path(__file__).parents[4] / "frontend/node_modules/commonmark-spec/spec.txt"
_EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.MULTILINE | re.DOTALL)

_CAPTION = re.compile("<figcaption>.*?</figcaption>")


def _examples() -> list[tuple[str, str]]:
    if not SPEC.is_file():
        return []
    found = _EXAMPLE.findall(SPEC.read_text().replace("\r\n", "\n"))
    return [(source.replace("→", "\t"), html.replace("→", "\t")) for source, html in found]


pytestmark = pytest.mark.skipif(not SPEC.is_file(), reason="`npm ci` in frontend/ brings CommonMark's examples")


def test_every_example_renders_to_something_harmless() -> None:
    examples = _examples()
    assert len(examples) > 600
    for source, _ in examples:
        Guard().feed(render(source, "markdown"))


def test_readers_get_the_words_that_the_specification_says() -> None:
    """In whatever elements: ours adds tables and the like. A picture's title stands in a caption."""
    different = [
        source
        for source, html in _examples()
        if plain_text(_CAPTION.sub("", render(source, "markdown"))) != plain_text(render(html, "html"))
    ]
    assert different == []
