"""Text in, safe HTML out: Markdown and imported HTML, rendered and sanitised when they are saved."""

from apps.common.markup.rendering import render, render_comment
from apps.common.markup.text import plain_text, reading_minutes

__all__ = ["plain_text", "reading_minutes", "render", "render_comment"]
