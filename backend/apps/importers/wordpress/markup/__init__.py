"""What WordPress keeps as the text of a post, as clean HTML that an author can go on editing."""

from apps.importers.wordpress.markup.articles import convert_article
from apps.importers.wordpress.markup.remarks import convert_comment
from apps.importers.wordpress.markup.shortcodes import Picture

__all__ = ["Picture", "convert_article", "convert_comment"]
