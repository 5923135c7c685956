"""What an export says, as plain records: the site, its authors, terms, items and comments."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import unquote, urlsplit

from apps.common.former_addresses import path_in, path_of_number
from apps.common.markup import plain_text
from apps.common.slugs import slugify
from apps.importers.wordpress.dates import first_date
from apps.importers.wordpress.reading import Element

NO_PARENT = {"", "0"}


@dataclass(frozen=True)
class Site:
    """Where the export comes from. `key` begins every import key of its content."""

    key: str
    url: str
    language: str
    version: str


@dataclass(frozen=True)
class WxrAuthor:
    login: str
    email: str = ""
    name: str = ""
    number: str = ""


@dataclass(frozen=True)
class WxrTerm:
    """A category or a tag."""

    slug: str
    name: str
    description: str = ""
    parent: str = ""
    """The parent's slug; very old exports give its name."""


@dataclass(frozen=True)
class WxrComment:
    number: str
    parent: str
    name: str
    email: str
    url: str
    created_at: datetime | None
    body: str
    approved: str
    kind: str
    user: str


@dataclass(frozen=True)
class WxrItem:
    """A post, a page, an attachment, or another of WordPress's many things."""

    line: int
    kind: str
    number: str
    title: str
    slug: str
    status: str
    login: str
    body: str
    excerpt: str
    created_at: datetime | None
    updated_at: datetime | None
    parent: str
    guid: str
    link: str
    attachment_url: str
    position: int
    is_sticky: bool
    has_password: bool
    comments_closed: bool
    is_oversize: bool
    categories: list[WxrTerm]
    tags: list[WxrTerm]
    meta: dict[str, list[str]]
    comment_elements: list[Element] = field(repr=False)

    @property
    def key(self) -> str:
        """Tells the item from all others of its site."""
        if self.number not in NO_PARENT:
            return self.number
        known_by = self.guid or f"{self.kind} {self.slug} {self.created_at} {self.title}"
        return "guid-" + hashlib.sha256(known_by.encode()).hexdigest()[:32]

    @property
    def addresses(self) -> list[str]:
        """Paths at which readers of its site found it: its own, and the one by its number."""
        return [path for path in (path_in(self.link), path_of_number(self.number)) if path]

    @property
    def label(self) -> str:
        """How a message names it."""
        return f"{self.kind} “{self.title[:60]}”" if self.title else f"{self.kind} {self.number}"


def read_site(channel: dict[str, str]) -> Site:
    """The site from the texts at the head of the channel."""
    url = channel.get("wp:base_blog_url") or channel.get("link") or channel.get("wp:base_site_url") or ""
    parts = urlsplit(url.strip() if "://" in url else f"//{url.strip()}")
    name = (parts.netloc + parts.path).strip("/").lower() or "unknown"
    if len(name) > 100:
        name = name[:60] + "-" + hashlib.sha256(name.encode()).hexdigest()[:32]
    language = channel.get("language", "").strip().replace("_", "-")
    is_language = re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?", language)
    return Site(f"wordpress:{name}", url, language if is_language else "", channel.get("wp:wxr_version", ""))


def read_author(element: Element) -> WxrAuthor:
    return WxrAuthor(
        login=element.text("wp:author_login"),
        email=element.text("wp:author_email"),
        name=plain_text(element.text("wp:author_display_name")),
        number=element.text("wp:author_id"),
    )


def read_term(element: Element) -> tuple[str, WxrTerm]:
    """A term of the channel with its taxonomy: `category`, `post_tag` or another one."""
    if element.name == "wp:category":
        taxonomy, prefix, name = "category", "wp:category", element.text("wp:cat_name")
        slug = element.text("wp:category_nicename")
    elif element.name == "wp:tag":
        taxonomy, prefix, name = "post_tag", "wp:tag", element.text("wp:tag_name")
        slug = element.text("wp:tag_slug")
    else:
        taxonomy, prefix, name = element.text("wp:term_taxonomy"), "wp:term", element.text("wp:term_name")
        slug = element.text("wp:term_slug")
    return taxonomy, _term(slug, name, element.text(f"{prefix}_description"), element.text(f"{prefix}_parent"))


def _term(slug: str, name: str, description: str = "", parent: str = "") -> WxrTerm:
    name = plain_text(name)
    return WxrTerm(
        slug=read_slug(slug) or slugify(name),
        name=name or unquote(slug),
        description=plain_text(description),
        parent=read_slug(parent) or slugify(parent),
    )


def read_slug(text: str) -> str:
    """A slug of WordPress, percent-encoded where it isn't ASCII, as one of ours."""
    return slugify(unquote(text.strip(), errors="replace").replace("\ufffd", ""), max_length=80)


def read_comment(element: Element, *, nameless: str) -> WxrComment:
    """A comment; `nameless` stands for the number of one without."""
    number = element.text("wp:comment_id")
    return WxrComment(
        number=number if number not in NO_PARENT else nameless,
        parent=element.text("wp:comment_parent"),
        name=plain_text(element.text("wp:comment_author")),
        email=element.text("wp:comment_author_email"),
        url=element.text("wp:comment_author_url"),
        created_at=first_date(element.text("wp:comment_date_gmt"), element.text("wp:comment_date")),
        body=element.raw("wp:comment_content"),
        approved=element.text("wp:comment_approved"),
        kind=element.text("wp:comment_type").lower() or "comment",
        user=element.text("wp:comment_user_id"),
    )


def read_item(element: Element) -> WxrItem:
    categories, tags = _terms_of(element)
    number = element.text("wp:post_id")
    position = element.text("wp:menu_order")
    return WxrItem(
        line=element.line,
        kind=element.text("wp:post_type") or "post",
        number=number if number.isdigit() else "",
        title=plain_text(element.text("title")),
        slug=element.text("wp:post_name"),
        status=element.text("wp:status").lower(),
        login=element.text("dc:creator"),
        body=element.raw("content:encoded"),
        excerpt=plain_text(element.text("excerpt:encoded")),
        created_at=first_date(
            element.text("wp:post_date_gmt"), element.text("wp:post_date"), published=element.text("pubDate")
        ),
        updated_at=first_date(element.text("wp:post_modified_gmt"), element.text("wp:post_modified")),
        parent=element.text("wp:post_parent"),
        guid=element.text("guid"),
        link=element.text("link"),
        attachment_url=element.text("wp:attachment_url"),
        position=min(int(position), 32767) if position.isdigit() and len(position) < 9 else 0,
        is_sticky=element.text("wp:is_sticky") == "1",
        has_password=bool(element.text("wp:post_password")),
        comments_closed=element.text("wp:comment_status") == "closed",
        is_oversize=element.is_oversize,
        categories=categories,
        tags=tags,
        meta=_meta_of(element),
        comment_elements=element.all("wp:comment"),
    )


def _terms_of(element: Element) -> tuple[list[WxrTerm], list[WxrTerm]]:
    """Categories and tags of an item. Old exports repeat each without saying what it is; those are passed over."""
    found: dict[str, dict[str, WxrTerm]] = {"category": {}, "tag": {}}
    for child in element.all("category"):
        domain = child.attributes.get("domain", "")
        kind = {"category": "category", "post_tag": "tag", "tag": "tag"}.get(domain)
        if kind:
            term = _term(child.attributes.get("nicename", ""), child.content)
            found[kind].setdefault(term.slug, term)
    return list(found["category"].values()), list(found["tag"].values())


def _meta_of(element: Element) -> dict[str, list[str]]:
    meta: dict[str, list[str]] = {}
    for child in element.all("wp:postmeta"):
        meta.setdefault(child.text("wp:meta_key"), []).append(child.text("wp:meta_value"))
    return meta
