"""Exports for tests, written here in our own words.

`python -m apps.importers.tests.exports MEGABYTES FILE` writes a large one, for measurements.
"""

import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

SITE = "https://old.example.org/journal"


def cdata(text: str) -> str:
    """The text as WordPress wraps it."""
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def opening(*parts: str, version: str = "1.2", scheme: str = "https", site: str = SITE) -> str:
    """Everything before the first item; `parts` are authors and terms."""
    space = f"{scheme}://wordpress.org/export/{version}"
    purl = f"{scheme}://purl.org"
    head = f"<title>Tidewater</title><link>{site}</link><language>en-GB</language>"
    head += f"<wp:wxr_version>{version}</wp:wxr_version>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!-- generator="WordPress" -->\n'
        f'<rss version="2.0" xmlns:excerpt="{space}/excerpt/" xmlns:content="{purl}/rss/1.0/modules/content/" '
        f'xmlns:dc="{purl}/dc/elements/1.1/" xmlns:wp="{space}/">\n<channel>\n{head}\n'
        f"<wp:base_blog_url>{site}</wp:base_blog_url>\n" + "\n".join(parts) + "\n"
    )


CLOSING = "</channel>\n</rss>\n"


def export(*parts: str, version: str = "1.2", scheme: str = "https", site: str = SITE) -> str:
    """A whole export of authors, terms and items."""
    return opening(version=version, scheme=scheme, site=site) + "\n".join(parts) + "\n" + CLOSING


def author(login: str, email: str = "", name: str = "", number: int = 0) -> str:
    return (
        f"<wp:author><wp:author_id>{number}</wp:author_id><wp:author_login>{cdata(login)}</wp:author_login>"
        f"<wp:author_email>{cdata(email)}</wp:author_email>"
        f"<wp:author_display_name>{cdata(name)}</wp:author_display_name></wp:author>"
    )


def category(slug: str, name: str, parent: str = "", description: str = "") -> str:
    return (
        f"<wp:category><wp:category_nicename>{slug}</wp:category_nicename>"
        f"<wp:category_parent>{cdata(parent)}</wp:category_parent><wp:cat_name>{cdata(name)}</wp:cat_name>"
        f"<wp:category_description>{cdata(description)}</wp:category_description></wp:category>"
    )


def tag(slug: str, name: str) -> str:
    return f"<wp:tag><wp:tag_slug>{slug}</wp:tag_slug><wp:tag_name>{cdata(name)}</wp:tag_name></wp:tag>"


def term_of(kind: str, slug: str, name: str) -> str:
    """A term on an item; `kind`: category or post_tag."""
    return f'<category domain="{kind}" nicename="{escape(slug)}">{cdata(name)}</category>'


def meta(key: str, value: str) -> str:
    return f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{cdata(value)}</wp:meta_value></wp:postmeta>"


def comment(number: int | str, text: str = "Well said.", **fields: Any) -> str:
    """A comment of an item; `fields`: parent, approved, type, author, email, url, date, user."""
    values = {
        "id": number,
        "author": fields.get("author", "Wilma"),
        "author_email": fields.get("email", "wilma@example.net"),
        "author_url": fields.get("url", ""),
        "date": fields.get("date", "2012-05-06 07:08:09"),
        "date_gmt": fields.get("date", "2012-05-06 07:08:09"),
        "content": text,
        "approved": fields.get("approved", "1"),
        "type": fields.get("type", ""),
        "parent": fields.get("parent", 0),
        "user_id": fields.get("user", 0),
    }
    inside = "".join(f"<wp:comment_{name}>{cdata(str(value))}</wp:comment_{name}>" for name, value in values.items())
    return f"<wp:comment>{inside}</wp:comment>"


def item(number: int | str, title: str = "Ebb", body: str = "Low water at nine.", *inside: str, **fields: Any) -> str:
    """An item, a published post unless `fields` say otherwise; `inside`: terms, meta, comments."""
    date = fields.get("date", "2012-03-04 05:06:07")
    values = {
        "post_id": number,
        "post_date": fields.get("local_date", date),
        "post_date_gmt": date,
        "comment_status": fields.get("comment_status", "open"),
        "post_name": fields.get("slug", ""),
        "status": fields.get("status", "publish"),
        "post_parent": fields.get("parent", 0),
        "menu_order": fields.get("position", 0),
        "post_type": fields.get("kind", "post"),
        "post_password": fields.get("password", ""),
        "is_sticky": fields.get("sticky", 0),
        **({"attachment_url": fields["url"]} if "url" in fields else {}),
    }
    properties = "\n".join(f"<wp:{name}>{cdata(str(value))}</wp:{name}>" for name, value in values.items())
    return (
        f"<item><title>{cdata(title)}</title><link>{escape(fields.get('link', ''))}</link>"
        f"<pubDate>{fields.get('published', '')}</pubDate>"
        f"<dc:creator>{cdata(fields.get('login', 'maren'))}</dc:creator>"
        f'<guid isPermaLink="false">{SITE}/?p={number}</guid>\n<content:encoded>{cdata(body)}</content:encoded>'
        f"<excerpt:encoded>{cdata(fields.get('excerpt', ''))}</excerpt:encoded>\n{properties}\n{''.join(inside)}</item>"
    )


WORDS = "The tide table hangs beside the door and nobody reads it, since the harbour says the same thing louder. "


def large_export(megabytes: int) -> Iterator[str]:
    """An export of about that size in pieces: posts of 3 to 60 kB with ten tags and up to 40 comments each."""
    yield opening(author("maren", "maren@example.net", "Maren", 1), category("shore", "Shore"))
    size, number, comments = 0, 0, 0
    while size < megabytes * 1_000_000:
        number += 1
        paragraphs = [WORDS * (3 + line % 7) for line in range(5 + (number * 7) % 80)]
        body = "\n\n".join(
            [*paragraphs, '<ul><li>flotsam</li><li>jetsam</li></ul>\n<img src="https://x.example/1.jpg" />']
        )
        terms = [
            term_of("post_tag", f"tag-{(number + place) % 400}", f"Tag {(number + place) % 400}") for place in range(10)
        ]
        replies = []
        for place in range(number % 41):
            comments += 1
            replies.append(comment(comments, WORDS * 2, parent=comments - 1 if place % 3 else 0))
        piece = item(number, f"Day {number}", body, term_of("category", "shore", "Shore"), *terms, *replies)
        size += len(piece)
        yield piece + "\n"
    yield CLOSING


if __name__ == "__main__":
    with Path(sys.argv[2]).open("w", encoding="utf-8") as output:
        output.writelines(large_export(int(sys.argv[1])))
