"""Atom, by RFC 4287; answers by RFC 4685."""

from datetime import UTC, datetime

from django.conf import settings

from apps.feeds.channels import feed_address
from apps.feeds.entries import KINDS, Channel, Entry
from apps.feeds.formats.xml import XmlWriter, timestamp

_NAMESPACES = {
    "xmlns": "http://www.w3.org/2005/Atom",
    "xmlns:media": "http://search.yahoo.com/mrss/",
    "xmlns:thr": "http://purl.org/syndication/thread/1.0",
}
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def atom(channel: Channel) -> bytes:
    """The document."""
    xml, texts = XmlWriter(), channel.texts()
    own = feed_address(channel, "atom")
    with xml.within("feed", {**_NAMESPACES, "xml:lang": channel.language}):
        xml.add("id", own)
        xml.add("title", channel.title)
        xml.add("subtitle", channel.description)
        xml.add("updated", timestamp(channel.updated or _NEVER))
        xml.add("link", attributes={"rel": "self", "type": KINDS["atom"], "href": own})
        xml.add("link", attributes={"rel": "alternate", "type": "text/html", "href": channel.page_url})
        if settings.WEBSUB_HUB:
            xml.add("link", attributes={"rel": "hub", "href": settings.WEBSUB_HUB})
        xml.add("generator", "Byline")
        if channel.icon_url:
            xml.add("logo", channel.icon_url)
        for entry in channel.entries:
            _entry(xml, entry, texts.get(entry.key, ""))
    return xml.document()


def _entry(xml: XmlWriter, entry: Entry, html: str) -> None:
    with xml.within("entry", {"xml:lang": entry.language} if entry.language else None):
        xml.add("id", entry.id)
        xml.add("title", entry.title)
        xml.add("published", timestamp(entry.published))
        xml.add("updated", timestamp(entry.updated))
        xml.add("link", attributes={"rel": "alternate", "type": "text/html", "href": entry.url})
        for person in entry.authors:
            with xml.within("author"):
                xml.add("name", person.name)
                if person.url:
                    xml.add("uri", person.url)
        for term in entry.terms:
            xml.add("category", attributes={"term": term.name, "label": term.name, "scheme": term.url})
        if entry.summary:
            xml.add("summary", entry.summary)
        xml.add("content", html, {"type": "html"})
        if entry.image_url:
            with xml.within("media:content", {"url": entry.image_url, "medium": "image"}):
                if entry.image_alt:
                    xml.add("media:description", entry.image_alt, {"type": "plain"})
        if entry.comments_feed:
            replies = {"rel": "replies", "type": KINDS["atom"], "href": f"{entry.comments_feed}.atom"}
            xml.add("link", attributes=replies)
        if entry.answers:
            xml.add("thr:in-reply-to", attributes={"ref": entry.answers[0], "href": entry.answers[1]})
