"""JSON Feed, by https://www.jsonfeed.org/version/1.1/."""

from typing import Any

from django.conf import settings

from apps.common.renderers import render_json
from apps.feeds.channels import feed_address
from apps.feeds.entries import Channel, Entry, Person
from apps.feeds.formats.xml import timestamp


def json_feed(channel: Channel) -> bytes:
    """The document."""
    texts = channel.texts()
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.page_url,
        "feed_url": feed_address(channel, "json"),
        "description": channel.description,
        "language": channel.language,
    }
    if channel.icon_url:
        document["icon"] = channel.icon_url
    if settings.WEBSUB_HUB:
        document["hubs"] = [{"type": "WebSub", "url": settings.WEBSUB_HUB}]
    document["items"] = [_item(entry, texts.get(entry.key, "")) for entry in channel.entries]
    return bytes(render_json(document))


def _item(entry: Entry, html: str) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": html,
        "summary": entry.summary,
        "date_published": timestamp(entry.published),
        "date_modified": timestamp(entry.updated),
        "authors": [_author(person) for person in entry.authors],
        "tags": [term.name for term in entry.terms],
        "language": entry.language,
        "image": entry.image_url,
    }
    # What there is none of is left out; the text is always there, since an item has to have one.
    return {name: value for name, value in item.items() if value or name == "content_html"}


def _author(person: Person) -> dict[str, str]:
    return {"name": person.name, **({"url": person.url} if person.url else {})}
