"""A channel as RSS 2.0, Atom and JSON Feed."""

from collections.abc import Callable

from apps.feeds.entries import Channel
from apps.feeds.formats.atom import atom
from apps.feeds.formats.jsonfeed import json_feed
from apps.feeds.formats.rss import rss

FORMATS: dict[str, Callable[[Channel], bytes]] = {"rss": rss, "atom": atom, "json": json_feed}
