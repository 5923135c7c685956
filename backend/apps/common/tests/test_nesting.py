"""Texts that are nested to keep the server busy."""

import time

import pytest

from apps.common.markup import render
from apps.common.markup.nesting import DEEPEST, not_too_deep


@pytest.mark.parametrize(
    "piece",
    [
        *("<div>", "<ul><li>", "<blockquote>", "<table><tr><td>", "<p>", "<b><i>", "<svg>", "<DIV\n>"),
        # What only seems to end something.
        *("<li><dd>", "<option><li><dd>", "<div></b>", "<b><i></b>", "<b><li><dd></b>", "<tr><li><dd></tr>"),
        *(
            "<div><!--</div>-->",
            '<div><i title="</div>">',
            "<div><table></div></table>",
            "<div><select></div></select>",
        ),
        *("<div><textarea></div></textarea>", "<div><svg><![CDATA[></div></svg>]]></svg>"),
        *(
            "<div><select></div></select>",
            "<sel<select>ect><div></sel<select>ect>",
            "<div><script><!--<script></script></div></script>",
        ),
    ],
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
    table = "<table><tbody>" + "<tr><th>a</th><td>b <a title='>' href=x>c</a></td></tr>" * 300 + "</tbody></table>"
    bare_table = ("<table>" + "<tr><td>a<td>b" * 300 + "</table>") * 2
    terms = "<dl>" + "<dt>a<dd><em>b</em>" * 300 + "</dl>"
    imported = "<!-- wp:paragraph --><p>a</p><!-- /wp:paragraph --><script>if (a < b) '</div>'</script>" * 300
    for html in (flat, nested, unclosed, "<" * 1000, table, bare_table, terms, imported):
        assert not_too_deep(html) == html


def test_what_is_too_deep_is_shown_as_text() -> None:
    html = not_too_deep("<div>" * (DEEPEST + 1))
    assert (html.count("<div>"), html.count("&lt;div>")) == (DEEPEST, 1)


def test_what_has_rules_of_its_own_is_left_out_of_long_texts() -> None:
    assert not_too_deep("<b>a</b>" * 200 + "<<select>div><svg>") == "<b>a</b>" * 200 + "< div> "
