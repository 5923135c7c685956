"""RSS 2.0, by https://www.rssboard.org/rss-profile."""

from email.utils import format_datetime

from django.conf import settings

from apps.common.markup import beginning_of
from apps.feeds.channels import feed_address
from apps.feeds.entries import KINDS, Channel, Entry
from apps.feeds.formats.xml import XmlWriter

_NAMESPACES = {
    "version": "2.0",
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
    "xmlns:wfw": "http://wellformedweb.org/CommentAPI/",
}


def rss(channel: Channel) -> bytes:
    """The document."""
    xml, texts = XmlWriter(), channel.texts()
    with xml.within("rss", _NAMESPACES), xml.within("channel"):
        xml.add("title", channel.title)
        xml.add("link", channel.page_url)
        xml.add("description", channel.description)
        xml.add("language", channel.language)
        if channel.updated:
            xml.add("lastBuildDate", format_datetime(channel.updated))
        xml.add("generator", "Byline")
        xml.add("docs", "https://www.rssboard.org/rss-specification")
        own = {"href": feed_address(channel, "rss"), "rel": "self", "type": KINDS["rss"]}
        xml.add("atom:link", attributes=own)
        if settings.WEBSUB_HUB:
            xml.add("atom:link", attributes={"href": settings.WEBSUB_HUB, "rel": "hub"})
        if channel.icon_url:
            with xml.within("image"):
                xml.add("url", channel.icon_url)
                xml.add("title", channel.title)
                xml.add("link", channel.page_url)
        for entry in channel.entries:
            _item(xml, entry, texts.get(entry.key, ""))
    return xml.document()


def _item(xml: XmlWriter, entry: Entry, html: str) -> None:
    with xml.within("item"):
        if entry.title:
            xml.add("title", entry.title)
        xml.add("link", entry.url)
        xml.add("guid", entry.id, {"isPermaLink": "false"})
        xml.add("pubDate", format_datetime(entry.published))
        for person in entry.authors:
            xml.add("dc:creator", person.name)
        if entry.language:
            xml.add("dc:language", entry.language)
        for term in entry.terms:
            xml.add("category", term.name, {"domain": term.url})
        xml.add("description", entry.summary or beginning_of(html))
        xml.add("content:encoded", html)
        if entry.image_url:
            with xml.within("media:content", {"url": entry.image_url, "medium": "image"}):
                if entry.image_alt:
                    xml.add("media:description", entry.image_alt, {"type": "plain"})
        if entry.comments_feed:
            xml.add("comments", f"{entry.url}#comments")
            xml.add("wfw:commentRss", f"{entry.comments_feed}.rss")
