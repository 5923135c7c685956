"""An export with what importing meets: no titles, addresses in other scripts, markup in names, threads, pages."""

from urllib.parse import quote

from apps.importers.tests.exports import author, category, comment, export, item, tag, term_of

LONG = "A title that goes on, as titles do where nobody counts, " * 6
UNBROKEN = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 4
HOSTILE = "Markup <em>in</em> a <script>document.title = 'taken'</script> & more \"quotes\" </title>"
HIDDEN = "Never to be seen in public"
TAG = "two-words"

BODY = """A first paragraph that is long enough to be compared, with an implied break after it.

<h2>A heading</h2>
<blockquote>Someone said so.</blockquote>
[caption id="attachment_1" align="alignright" width="300"]<img src="/old/picture.jpg" alt="A quay" /> A quay[/caption]
<!--more-->
<table><tr><th>Hour</th><td>High &amp; low</td></tr></table>
<pre><code>if (a < b && c) { return "]]>" }</code></pre>
<!-- wp:paragraph {"dropCap":true} --><p>A paragraph of a block, which stands between comments.</p>
<!-- /wp:paragraph --><script>document.title = 'taken'</script><p onclick="alert(1)">And one that would be clicked.</p>
<!--nextpage-->
\N{HEBREW LETTER SHIN}\N{HEBREW LETTER LAMED}\N{HEBREW LETTER VAV}\N{HEBREW LETTER FINAL MEM} \N{OCTOPUS}
"""


def thread(first: int, depth: int) -> str:
    """Comments, each of which answers the one before."""
    return "".join(
        comment(number, f"Answer <b>{number}</b> <script>x</script>", parent=number - 1 if number > first else 0)
        for number in range(first, first + depth)
    )


POSTS = (
    item(1, "", "Without a title, but with a text that is long enough.", slug="1", date="2003-01-02 03:04:05"),
    item(2, "", "Another one without a title or a name of its own.", slug="", date="2003-01-03 03:04:05"),
    item(3, HOSTILE, BODY, term_of("post_tag", TAG, "Two <words> & more"), thread(100, 12), slug="markup"),
    item(4, LONG, BODY, slug="long-title"),
    item(5, UNBROKEN, "", slug="nothing-in-it"),
    item(
        6,
        "Ünïcödé \N{KATAKANA LETTER TA}\N{OCTOPUS}",
        "In other scripts.",
        slug=quote("\N{KATAKANA LETTER TA}").lower(),
    ),
    item(
        7,
        "Dots. And_Capitals",
        "Oddly named.",
        term_of("category", "odd-child", "Child's & co."),
        slug="Dots.And_Capitals",
    ),
    item(8, "Closed and pinned", "Nobody may answer.", sticky=1, comment_status="closed", slug="closed-and-pinned"),
    item(9, "Talked to by machines", "Only.", comment(200, "[…] ping […]", type="pingback"), slug="pinged"),
    item(10, HIDDEN, HIDDEN, slug="hidden-draft", status="draft"),
    item(11, HIDDEN, HIDDEN, slug="hidden-private", status="private"),
    item(12, HIDDEN, HIDDEN, slug="hidden-password", password="let me in"),
    item(13, HIDDEN, HIDDEN, slug="hidden-future", status="future", date="2098-01-02 03:04:05"),
)
PAGES = (
    item(20, "About & around", BODY, kind="page", slug="about-and-around"),
    item(21, "", "A page without a title, within another.", kind="page", slug="", parent=20),
    item(22, "Nothing", "", kind="page", slug="empty-page", parent=21),
)

EXPORT = export(
    author("o'neill-\N{LATIN SMALL LETTER E WITH ACUTE}", "oneill@example.net", "Ó Néill <b>& Sons</b>", 7),
    author("maren", "maren-imported@example.net", "Maren", 8),
    category("odd", "Odd <things>"),
    category("odd-child", "Child's & co.", "odd"),
    tag(TAG, "Two <words> & more"),
    *POSTS,
    *PAGES,
)
