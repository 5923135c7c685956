"""The check before publishing: what readers would stumble over. It advises and forbids nothing.

`examine` is a pure function over the rendered body; only links within the publication are looked up, in one query for
each kind of address.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from django.conf import settings

from apps.common.markup import render_preview
from apps.common.markup.anatomy import Anatomy, Part, dissect, find_line
from apps.common.slugs import is_slug
from apps.posts.content import Content
from apps.posts.models import Post, PostSlug
from apps.tags.models import Category, Tag

MAX_FINDINGS = 100
_NOWHERE = "Readers find nothing at this address."
_NO_ANCHOR = "Nothing in this text has this anchor."


class Severity(StrEnum):
    ADVICE = "advice"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """One thing to look at. `part`: of the body, where it is about one; `line`: in its source, from 1."""

    code: str
    severity: Severity
    message: str
    part: Part | None = None
    line: int | None = None

    @property
    def where(self) -> str:
        """The words or the address that it is about."""
        return (self.part.text or self.part.address)[:200] if self.part else ""


def check_content(content: Content) -> list[Finding]:
    """Everything there is to say about the content, in the order of the text; at most three queries."""
    anatomy = dissect(render_preview(content["body"], content["body_format"]))
    found = [*_of_post(content), *examine(anatomy), *_broken(anatomy)]
    found.sort(key=lambda finding: finding.part.order if finding.part else 0)
    lines = content["body"].splitlines()
    return [
        replace(finding, line=find_line(lines, finding.part)) if finding.part else finding
        for finding in found[:MAX_FINDINGS]
    ]


def examine(anatomy: Anatomy) -> list[Finding]:
    """What the body itself shows, without looking anything up."""
    found = []
    if anatomy.is_empty:
        found.append(Finding("empty_body", Severity.WARNING, "There is no text yet."))
    for image in anatomy.images:
        if not (image.text or image.decorative):
            found.append(
                Finding("missing_alt", Severity.WARNING, "Say what the picture shows, for who can't see it.", image)
            )
        if image.address.startswith("http://"):
            message = "Browsers don't show pictures that come without HTTPS."
            found.append(Finding("insecure_image", Severity.WARNING, message, image))
    level = None
    for heading in anatomy.headings:
        if level is not None and heading.level > level + 1:
            message = f"A heading of level {heading.level} follows one of level {level}: a level is left out."
            found.append(Finding("heading_order", Severity.ADVICE, message, heading))
        level = heading.level
    found += [
        Finding("empty_link", Severity.WARNING, "This link has no words to follow.", link)
        for link in anatomy.links
        if not link.text
    ]
    return found


def _of_post(content: Content) -> list[Finding]:
    found = []
    if not content["title"].strip():
        found.append(Finding("no_title", Severity.WARNING, "A post needs a title to be published."))
    if not content["excerpt"].strip():
        message = "Without an excerpt, lists and search engines show the beginning of the text or nothing."
        found.append(Finding("no_excerpt", Severity.ADVICE, message))
    cover = content["cover"]
    if cover and not cover["alt"].strip():
        found.append(Finding("cover_alt", Severity.WARNING, "Say what the cover shows, for who can't see it."))
    return found


def _broken(anatomy: Anatomy) -> list[Finding]:
    """Links within the publication that lead readers nowhere."""
    targets = [(link, *_target(link.address)) for link in anatomy.links]
    known = {"#": anatomy.anchors}
    for kind, look_up in _LOOKUPS.items():
        slugs = {slug for _, of_kind, slug in targets if of_kind == kind and is_slug(slug)}
        known[kind] = look_up(slugs) if slugs else set()
    return [
        Finding("broken_link", Severity.WARNING, _NOWHERE if kind != "#" else _NO_ANCHOR, link)
        for link, kind, slug in targets
        if kind in known and slug not in known[kind]
    ]


def _target(address: str) -> tuple[str, str]:
    """Which kind of thing of ours an address leads to, and its slug; two empty texts for everything else."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", ""
    if parts.netloc and f"{parts.scheme}://{parts.netloc}" != settings.PUBLIC_URL:
        return "", ""
    if parts.fragment and not parts.path and not parts.netloc:
        return "#", unquote(parts.fragment)
    kind, _, slug = parts.path.removeprefix("/").partition("/")
    return (kind, unquote(slug).rstrip("/")) if parts.path.startswith("/") and slug else ("", "")


def _posts(slugs: set[str]) -> set[str]:
    """Of these, the slugs under which readers find a post, or found it and are led on."""
    return set(PostSlug.objects.filter(slug__in=slugs, post__in=Post.objects.live()).values_list("slug", flat=True))


def _tags(slugs: set[str]) -> set[str]:
    return set(Tag.objects.filter(slug__in=slugs).values_list("slug", flat=True))


def _categories(slugs: set[str]) -> set[str]:
    return set(Category.objects.filter(slug__in=slugs).values_list("slug", flat=True))


_LOOKUPS: dict[str, Callable[[set[str]], set[str]]] = {"posts": _posts, "tags": _tags, "categories": _categories}
