"""Hits as answers show them. A fixed number of queries for a page."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Func, TextField

from apps.comments.models import Comment
from apps.common.markup import plain_text
from apps.posts.models import Post
from apps.posts.querysets import load_tags
from apps.posts.serializers.posts import represent_posts
from apps.search.matching import Match, Phrase
from apps.search.searching import Hit, live_among
from apps.search.serializers import represent_found_comment
from apps.search.snippets import GOES_ON, MARK, excerpt, marked

MAX_HTML = 100_000
"""Characters of a post's HTML in which its excerpt is looked for."""
FIRST_HTML = 8000
"""Characters of HTML in which it is looked for first: most are found there, and all of it may take long to read."""


class Beginning(Func):
    """The first so many `characters` of a text."""

    template = "substr(%(expressions)s, 1, %(characters)s)"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        # Counting characters takes longer than reading them: only where there may be too many.
        cut = "left(%(expressions)s, %(characters)s)"
        template = f"CASE WHEN octet_length(%(expressions)s) > %(characters)s THEN {cut} ELSE %(expressions)s END"
        return self.as_sql(compiler, connection, template=template, **context)


def represent_hits(hits: Sequence[Hit], match: Match) -> list[dict[str, Any]]:
    """The results of a page. What stopped being public since it was found is left out."""
    comments = _comments([hit.pk for hit in hits if hit.kind == "comment"])
    posts = _posts([hit.pk for hit in hits if hit.kind == "post"])
    rows = {
        ("post", pk): _post_result(hit, post, html, match)
        for hit in hits
        if hit.kind == "post" and (pk := hit.pk) in posts
        for post, html in [posts[pk]]
    }
    rows.update(
        (("comment", hit.pk), _comment_result(hit, comments[hit.pk], match))
        for hit in hits
        if hit.kind == "comment" and hit.pk in comments
    )
    _summarise(rows, [post for post, _ in posts.values()])
    return [rows[hit.kind, hit.pk] for hit in hits if (hit.kind, hit.pk) in rows]


def _summarise(rows: dict[tuple[str, int], dict[str, Any]], posts: list[Post]) -> None:
    load_tags(posts)
    for post, summary in zip(posts, represent_posts(posts), strict=True):
        rows["post", post.pk]["post"] = summary


def _posts(ids: list[int]) -> dict[int, tuple[Post, str]]:
    """With the beginning of their HTML."""
    if not ids:
        return {}
    public = Post.objects.visible_to(None).filter(pk__in=ids).order_by().with_relations(with_body=False)
    read = public.annotate(html_start=Beginning("body_html", characters=MAX_HTML, output_field=TextField()))
    return {post.pk: (post, post.html_start) for post in read}


def _comments(ids: list[int]) -> dict[int, Comment]:
    if not ids:
        return {}
    shown = Comment.objects.filter(pk__in=ids, status=Comment.Status.VISIBLE).order_by()
    columns = ("body_html", "guest_name", "created_at", "author__username", "author__display_name")
    rows = shown.select_related("author", "post").only(*columns, "author__avatar_url", "post__slug", "post__title")
    found = {comment.pk: comment for comment in rows}
    live = live_among({comment.post_id for comment in found.values()})
    return {pk: comment for pk, comment in found.items() if comment.post_id in live}


def _phrases(match: Match, stemming: str) -> set[Phrase]:
    return {phrase for clause in match.clauses for phrase in clause.by_stemming.get(stemming, ())}


def _excerpt(html: str, stemming: str, phrases: set[Phrase], *, otherwise: str = "") -> str:
    if len(html) > FIRST_HTML:
        found = excerpt(plain_text(html[:FIRST_HTML]), stemming, phrases)
        if MARK in found and found.endswith(GOES_ON):  # nothing shown is where the HTML was cut off
            return found
    return excerpt(plain_text(html), stemming, phrases, otherwise=otherwise)


def _post_result(hit: Hit, post: Post, html: str, match: Match) -> dict[str, Any]:
    phrases = _phrases(match, hit.stemming)
    return {
        "type": "post",
        "post": None,
        "comment": None,
        "title_html": marked(post.title, hit.stemming, phrases),
        "snippet_html": _excerpt(html, hit.stemming, phrases, otherwise=post.excerpt),
    }


def _comment_result(hit: Hit, comment: Comment, match: Match) -> dict[str, Any]:
    phrases = _phrases(match, hit.stemming)
    return {
        "type": "comment",
        "post": None,
        "comment": represent_found_comment(comment, comment.post),
        "title_html": marked(comment.post.title, hit.stemming, ()),
        "snippet_html": _excerpt(comment.body_html, hit.stemming, phrases),
    }
