import pytest

from apps.common.markup import render_comment
from apps.importers.wordpress.markup import convert_comment


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("One.\n\nTwo,\nbroken.", "One.\n\nTwo,\nbroken."),
        ("<strong>Bold</strong>, <em> slanted </em> and <del>gone</del>.", "**Bold**,  *slanted*  and ~~gone~~."),
        ('<a href="https://x.example/a b" rel="nofollow">there</a>', "[there](<https://x.example/a%20b>)"),
        ("<blockquote>Said\n\nbefore</blockquote>I agree", "> Said\n> \n> before\n\nI agree".replace("> \n", "> \n")),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<ol><li>a</li></ol>", "1. a"),
        ("<code>a*b</code>", "`a*b`"),
        ("<pre>x\n  y</pre>", "````\nx\n  y\n````"),
        ("2 * 3 = 6_000 # not a heading", "2 \\* 3 = 6\\_000 # not a heading"),
        ("# not a heading", "\\# not a heading"),
        ("1. not a list", "1\\. not a list"),
        ('<img src="https://x.example/1.png" alt="x"> words <script>x()</script>', "words"),
        ('<a href="javascript:x">here</a>', "here"),
        ("", ""),
    ],
)
def test_comments_become_markdown(written, expected):
    assert convert_comment(written) == expected


@pytest.mark.parametrize(
    "text",
    [
        "5 < 6 & 7 > 4",
        "[link](/x.example) ![i](/y)",
        "*stars* _lines_ `ticks` ~~waves~~",
        "&amp;lt; \\ back",
        "+ plus\n- minus",
    ],
)
def test_characters_mean_themselves(text):
    html = render_comment(convert_comment(text.replace("&", "&amp;").replace("<", "&lt;")))
    assert "<strong>" not in html
    assert "<a" not in html
    assert "<li>" not in html
    assert "<code>" not in html
    assert "<del>" not in html
    assert "<em>" not in html
