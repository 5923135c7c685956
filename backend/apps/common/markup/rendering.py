"""Markdown (CommonMark with tables, footnotes, task lists, figures, callouts, embeds, code in colours) and HTML."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.anchors import anchors_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from apps.common.markup import blocks
from apps.common.markup.decorative import decorative
from apps.common.markup.lines import LINE_ATTRIBUTE, mark_lines, with_lines
from apps.common.markup.mentions import ENVIRONMENT, Mentioned, mentions
from apps.common.markup.sanitising import sanitise_article, sanitise_comment, sanitise_preview
from apps.common.slugs import slugify

LONGEST_HIGHLIGHT = 60_000
"""Characters; a longer code block is shown without colours."""
_formatter: HtmlFormatter[str] = HtmlFormatter(nowrap=True)


def render(body: str, body_format: str) -> str:
    """The safe HTML of a post or page. `body_format`: `markdown` or `html`."""
    html = body if body_format == "html" else _article_markdown().render(body, {})
    return _with_scrolling_tables(sanitise_article(html))


def render_preview(body: str, body_format: str) -> str:
    """As `render`, and each block of Markdown says which line it begins in (`data-line`). Not to be stored."""
    html = body if body_format == "html" else _article_markdown().render(body, with_lines())
    return _with_scrolling_tables(sanitise_preview(html))


def render_comment(body: str, *, people: Mentioned | None = None) -> str:
    """The safe HTML of a comment: a subset without headings, images, tables and raw HTML. `people`: whom it may name;
    afterwards `people.shown` holds those whom it does."""
    return sanitise_comment(_comment_markdown().render(body, {} if people is None else {ENVIRONMENT: people}))


def _with_scrolling_tables(html: str) -> str:
    """Wide tables scroll within themselves, by keyboard too, instead of widening the page."""
    html = re.sub(r"<table(?=[ >])", '<div class="table-scroll" tabindex="0"><table', html)
    return html.replace("</table>", "</table></div>")


@cache
def _article_markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": True, "linkify": True, "typographer": False})
    markdown.enable(["table", "strikethrough", "linkify"])
    markdown.use(footnote_plugin)
    markdown.use(tasklists_plugin, label=True)
    markdown.use(anchors_plugin, min_level=1, max_level=4, slug_func=_heading_id, permalink=False)
    markdown.use(mark_lines)
    markdown.options["alerts"] = True
    for rule in (decorative, blocks.figures, blocks.embeds, blocks.cell_alignment):
        markdown.core.ruler.push(rule.__name__, rule)
    markdown.add_render_rule("fence", _fence)
    markdown.add_render_rule("alert_open", blocks.callout_open)
    markdown.add_render_rule("alert_title_open", blocks.callout_title)
    markdown.add_render_rule("alert_close", blocks.callout_close)
    return markdown


@cache
def _comment_markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "linkify": True, "breaks": True})
    markdown.enable(["strikethrough", "linkify"])
    markdown.disable(["heading", "lheading", "image", "html_block", "html_inline", "reference"])
    markdown.core.ruler.push(mentions.__name__, mentions)
    markdown.add_render_rule("fence", _fence)
    return markdown


def _heading_id(title: str) -> str:
    return slugify(title, max_length=60) or "section"


def _fence(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, environment: Any) -> str:
    """A code block with Pygments classes, its language in `data-language`."""
    token = tokens[index]
    language = token.info.split()[0] if token.info.strip() else ""
    code = _highlighted(token.content, language)
    attribute = f' data-language="{escapeHtml(language)}"' if language else ""
    if line := token.attrGet(LINE_ATTRIBUTE):
        attribute += f' {LINE_ATTRIBUTE}="{line}"'
    return f'<pre class="highlight" tabindex="0"{attribute}><code>{code}</code></pre>\n'


def _highlighted(code: str, language: str) -> str:
    if not language or len(code) > LONGEST_HIGHLIGHT:
        return escapeHtml(code)
    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        return escapeHtml(code)
    return highlight(code, lexer, _formatter)
