"""Reading pages that others wrote, with good intentions or without."""

import time

import pytest

from apps.webmentions.reading import EXCERPT_CHARACTERS, TITLE_CHARACTERS, read_page

URL = "https://elsewhere.example/notes/1"


def test_a_page_says_what_it_is_about() -> None:
    page = """
        <!DOCTYPE html><title>Window</title><base href="/x/">
        <meta property="og:description" content="Of &lt;ink&gt;"><META NAME=author CONTENT=Ada>
        <article class="h-entry"><h1 class="p-name big">On <b>paper</b> &amp; ink</h1>
        <a href='../p?q=1&amp;r=2'>a</a><img src=//cdn.example/i.png></article>
    """
    found = read_page(page, url=URL)
    assert (found.title, found.excerpt, found.author) == ("On paper & ink", "Of <ink>", "Ada")
    assert found.links == {"https://elsewhere.example/p?q=1&r=2", "https://cdn.example/i.png"}
    assert found.endpoint is None


def test_nothing_is_longer_than_it_may_be() -> None:
    found = read_page(f"<title>{'t' * 9000}</title><meta name=description content='{'d' * 1900}'>", url=URL)
    assert (len(found.title), len(found.excerpt)) == (TITLE_CHARACTERS, EXCERPT_CHARACTERS)


@pytest.mark.parametrize(
    "piece",
    [
        *("<", "<a ", "<div>", "<b><i>", "<!--", "<!-- -->", "&", "</", "<title>", "<script>", "<textarea>x", "\x00"),
        *('<a href="', "<a href='", '<a b="<', '<p class="p-name e-content">', '<a href="//[">', "<a " + "x " * 500),
        *("<meta name=a", "<base href=//[::>", "]]>", "<![CDATA[", "<a href=" + "&#x" * 300 + ">"),
    ],
)
def test_a_page_that_means_no_good_takes_no_longer(piece: str) -> None:
    page = (piece * (1_000_000 // len(piece) + 1))[:1_000_000]
    began = time.process_time()
    read_page(page, url=URL)
    assert time.process_time() - began < 5
