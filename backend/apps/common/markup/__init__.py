"""Text in, safe HTML out: Markdown and imported HTML, rendered and sanitised when they are saved."""

from apps.common.markup.mentions import Mentioned, names_in
from apps.common.markup.rendering import render, render_comment, render_preview
from apps.common.markup.text import beginning_of, plain_text, reading_minutes

RULES_VERSION = 2
"""Raised with every change of what the rules make of a text; `manage.py render_posts` then renders the older ones."""

__all__ = [
    "RULES_VERSION",
    "Mentioned",
    "beginning_of",
    "names_in",
    "plain_text",
    "reading_minutes",
    "render",
    "render_comment",
    "render_preview",
]
