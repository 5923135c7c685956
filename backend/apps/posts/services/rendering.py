"""How the body of a post becomes what its readers get. Every path that changes a body goes through here."""

from apps.common.markup import RULES_VERSION, reading_minutes, render
from apps.media.rendering import with_pictures
from apps.posts.models import Post


def html_of(body: str, body_format: str) -> str:
    """What readers get of a body, whether it is stored or only looked at."""
    return with_pictures(render(body, body_format))


def render_body(post: Post) -> None:
    """Make the HTML of the post's body, how long it takes to read, and note by which rules. Does not save the post."""
    post.body_html = html_of(post.body, post.body_format)
    post.reading_minutes = reading_minutes(post.body_html)
    post.rendered_with = RULES_VERSION
