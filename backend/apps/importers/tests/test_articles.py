# ruff: noqa: E501, ISC004 - tables of what is written and what comes of it

import pytest

from apps.common.markup import render
from apps.importers.wordpress.markup import Picture, convert_article


def convert(text: str) -> str:
    return convert_article(text).replace("\n\n", "")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("One.\n\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("One.\r\n\r\nTwo,\r\nbroken.", "<p>One.</p><p>Two,<br>broken.</p>"),
        ("One,<br />\nbroken.", "<p>One,<br>broken.</p>"),
        ("<p>Given.</p>\n\nImplied.", "<p>Given.</p><p>Implied.</p>"),
        ("Some <em>stressed\nwords</em> here.", "<p>Some <em>stressed<br>words</em> here.</p>"),
        ("Before\n<h2>Heading</h2>\nAfter", "<p>Before</p><h2>Heading</h2><p>After</p>"),
        ("<blockquote>One.\n\nTwo.</blockquote>", "<blockquote><p>One.</p><p>Two.</p></blockquote>"),
        ("<blockquote>Alone.</blockquote>", "<blockquote><p>Alone.</p></blockquote>"),
        ("<ul>\n\t<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<ul><li>One.\n\nTwo.</li></ul>", "<ul><li><p>One.</p><p>Two.</p></li></ul>"),
        (
            "<table><tr>\n<td>1</td>\n<td></td></tr></table>",
            "<table><tbody><tr><td>1</td><td></td></tr></tbody></table>",
        ),
        ("<div>One.\n\nTwo.</div>Three.", "<p>One.</p><p>Two.</p><p>Three.</p>"),
        ("<pre>a\n\n  b</pre>", "<pre>a\n\n  b</pre>".replace("\n\n", "")),
        ("", ""),
        (" \n\n&nbsp;\n", ""),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("<p>Unclosed <strong>and\n\nnext", "<p>Unclosed <strong>and<br>next</strong></p>"),
    ],
)
def test_implicit_paragraphs_become_elements(written, expected):
    assert convert(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("One.<!--more-->Two.", "<p>One.</p><p>Two.</p>"),
        ("One.\n<!--nextpage-->\nTwo.", "<p>One.</p><p>Two.</p>"),
        ('<!-- wp:paragraph {"align":"x"} -->\n<p>A\nB</p>\n<!-- /wp:paragraph -->', "<p>A B</p>"),
        ('<!-- wp:latest-posts {"n":5} /-->\n<!-- wp:paragraph --><p></p><!-- /wp:paragraph -->', ""),
        (
            '<!-- wp:columns --><div class="wp-block-columns"><div class="wp-block-column"><p>L</p></div>'
            '<div class="wp-block-column"><p>R</p></div></div><!-- /wp:columns -->',
            "<p>L</p><p>R</p>",
        ),
        (
            '<!-- wp:gallery --><figure class="wp-block-gallery columns-2"><figure class="wp-block-image">'
            '<img src="https://x.example/a.jpg" alt="A"/><figcaption>Words</figcaption></figure></figure>'
            "<!-- /wp:gallery -->",
            '<div class="gallery"><figure class="gallery-item"><img src="https://x.example/a.jpg" alt="A">'
            "<figcaption>Words</figcaption></figure></div>",
        ),
        (
            '<!-- wp:embed --><figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\n'
            "https://youtu.be/abc\n</div></figure><!-- /wp:embed -->",
            '<figure><a href="https://youtu.be/abc">https://youtu.be/abc</a></figure>',
        ),
        (
            '<!-- wp:verse --><pre class="wp-block-verse">Line\nline</pre><!-- /wp:verse -->',
            "<p>Line line</p>",
        ),
        (
            '<!-- wp:cover --><div class="wp-block-cover" style="background-image:url(https://x.example/c.jpg)">'
            '<p class="has-text-align-center">Over</p></div><!-- /wp:cover -->',
            '<figure><img src="https://x.example/c.jpg" alt=""></figure><p class="align-center">Over</p>',
        ),
        ('<!-- wp:html --><b onclick="x()">bold</b><script>bad()</script><!-- /wp:html -->', "<p><b>bold</b></p>"),
    ],
)
def test_blocks_and_marks_of_the_editor_leave_plain_html(written, expected):
    assert convert(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            '[caption id="a" align="alignright" width="300"]<a href="https://x.example/"><img src="https://x.example/b.jpg"'
            ' alt="B" /></a> Some <em>words</em>[/caption]',
            '<figure class="alignright"><a href="https://x.example/"><img src="https://x.example/b.jpg" alt="B"></a>'
            "<figcaption>Some <em>words</em></figcaption></figure>",
        ),
        (
            '[caption caption="Old way"]<img src="https://x.example/b.jpg" alt="">[/caption]',
            '<figure><img src="https://x.example/b.jpg" alt=""><figcaption>Old way</figcaption></figure>',
        ),
        ('Look:\n\n[embed width="10"]https://vimeo.com/1[/embed]', '<p>Look:</p><p><a href="https://vimeo.com/1">https://vimeo.com/1</a></p>'),
        ("[youtube=https://youtu.be/q]", '<p><a href="https://youtu.be/q">https://youtu.be/q</a></p>'),
        ("https://youtu.be/q\n\nSee above.", '<p><a href="https://youtu.be/q">https://youtu.be/q</a></p><p>See above.</p>'),
        ('<iframe src="//www.youtube.com/embed/abcdef"></iframe>', '<p><a href="https://www.youtube.com/watch?v=abcdef">https://www.youtube.com/watch?v=abcdef</a></p>'),
        ('[video mp4="https://x.example/v.mp4"][/video]', '<video controls="" src="https://x.example/v.mp4"></video>'),
        ("[audio https://x.example/a.mp3]", '<audio controls="" src="https://x.example/a.mp3"></audio>'),
        ('[code lang="php"]<?php echo "[x]";\nif (a < b) {}[/code]', '<pre data-language="php"><code>&lt;?php echo "[x]";\nif (a &lt; b) {}</code></pre>'),
        ("[sourcecode]a &amp;&amp; b[/sourcecode]", "<pre><code>a &amp;&amp; b</code></pre>"),
        ("A well-known error [sic] of [1] and [the editor, 2001].", "<p>A well-known error [sic] of [1] and [the editor, 2001].</p>"),
        ('Call us: [contact-form-7 id="3" title="Form"]', "<p>Call us:</p>"),
        ('[box style="big"]Kept[/box] text [/stray]', "<p>Kept text</p>"),
        ("Write [[gallery]] for one.", "<p>Write [gallery] for one.</p>"),
        ("<code>[gallery]</code>", "<p><code>[gallery]</code></p>"),
        ('<a href="/x" title="[sic]">y</a>', '<p><a href="/x" title="[sic]">y</a></p>'),
        ('[gallery ids="1,2"]', ""),
    ],
)  # fmt: skip
def test_shortcodes(written, expected):
    assert convert(written) == expected


def test_a_gallery_shows_the_pictures_that_are_found():
    asked: list[list[str]] = []

    def pictures(numbers):
        asked.append(list(numbers))
        return [Picture("https://x.example/1.jpg?a&b", 'A "view"', "Quay")]

    html = convert_article('Look [gallery ids="4, 2"] here\n\n[gallery]', pictures=pictures)
    assert asked == [["4", "2"], []]
    assert html.count('<div class="gallery"><figure class="gallery-item">') == 2
    assert 'alt="A &quot;view&quot;"><figcaption>Quay</figcaption>' in html
    assert "<p>Look</p>" in html


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('<p style="text-align:right">x</p>', '<p class="align-right">x</p>'),
        ('<h2 align="center">x</h2>', '<h2 class="align-center">x</h2>'),
        ('<p style="text-align: left; color: red" class="intro">x</p>', "<p>x</p>"),
        ('<p dir="rtl" lang="he">שלום</p>', '<p dir="rtl" lang="he">שלום</p>'),
        ('<img class="alignleft size-full" src="https://x.example/1.jpg" width="10" height="20">', '<p><img src="https://x.example/1.jpg" width="10" height="20" class="alignleft" alt=""></p>'),
        ('<img src="https://x.example/1.jpg" width="50%" height="20" alt="v">', '<p><img src="https://x.example/1.jpg" alt="v"></p>'),
        ('<font color="red"><strike>old</strike> <tt>mono</tt></font>', "<p><s>old</s> <code>mono</code></p>"),
        ("<center>Middle</center>", '<div class="aligncenter"><p>Middle</p></div>'),
        ('<a href="javascript:bad()">x</a>', "<p>x</p>"),
        ('<span style="x">plain</span>', "<p>plain</p>"),
    ],
)  # fmt: skip
def test_old_html_becomes_plain_html(written, expected):
    assert convert(written) == expected


def test_several_lines_of_code_become_a_block():
    assert convert("Do this:\n<code>one\ntwo</code>") == "<p>Do this:</p><pre><code>one\ntwo</code></pre>"


@pytest.mark.parametrize(
    "text", ["One.\n\nTwo\nlines.", "<ul><li>a</li></ul>\nx", "[caption]<img src='/a.png'> w[/caption]"]
)
def test_converting_again_changes_nothing(text):
    once = convert_article(text)
    assert convert_article(once) == once


@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 5000 + "x",
        "[caption]" * 3000 + "x" + "[/caption]" * 3000,
        "[a " * 5000,
        '[a "' * 5000,
        "<blockquote>" * 500 + "deep",
        "<!-- wp:" * 2000,
    ],
)
def test_absurd_texts_are_converted_too(text):
    render(convert_article(text), "html")


def test_nothing_active_survives():
    html = render(
        convert_article(
            '<img src=x onerror=alert(1)><svg onload=alert(1)>[caption]<img src="javascript:a">w[/caption]'
        ),
        "html",
    )
    assert "onerror" not in html
    assert "onload" not in html
    assert "javascript" not in html
