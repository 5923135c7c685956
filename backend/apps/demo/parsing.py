"""The demo publication as it lies in `content/`: posts and pages with a head, people, taxonomy and discussions."""

import re
import tomllib
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent / "content"
IMAGES = CONTENT / "images"
COVERS = CONTENT / "covers"
"""The covers among the images once more, in smaller sizes."""
_HEAD = re.compile(r"\A---\n(?P<head>.*?\n)---\n(?P<body>.*)\Z", re.DOTALL)
_OFFSET = re.compile(r"\A(?P<sign>[+-]?)(?:(?P<days>\d+)d)?(?:(?P<hours>\d+)h)?(?:(?P<minutes>\d+)m)?\Z")


@dataclass(frozen=True, kw_only=True)
class Person:
    username: str
    display_name: str
    role: str
    bio: str
    avatar: str = ""
    links: list[dict[str, str]] = field(default_factory=list)
    follows: list[str] = field(default_factory=list)
    """Usernames."""


@dataclass(frozen=True, kw_only=True)
class Essay:
    """`published` counts from the moment of loading; a draft has none, a scheduled post has one to come."""

    title: str
    slug: str
    author: str
    body: str
    excerpt: str = ""
    category: str = ""
    series: str = ""
    tags: tuple[str, ...] = ()
    published: timedelta | None = None
    featured: bool = False
    cover: str = ""
    cover_alt: str = ""
    language: str = "en"


@dataclass(frozen=True, kw_only=True)
class StandingPage:
    title: str
    slug: str
    body: str
    in_navigation: bool
    position: int


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A comment. `at` counts from the publication of its post; `parent` is the id of another one in the thread."""

    id: str
    author: str
    body: str
    at: timedelta
    parent: str = ""
    status: str = "visible"


@dataclass(frozen=True, kw_only=True)
class Reactions:
    """What people like, keep and follow, by slugs and usernames; comments as `slug:id`. The last two are lists of what
    the functions take that do it."""

    posts: dict[str, list[str]] = field(default_factory=dict)
    comments: dict[str, list[str]] = field(default_factory=dict)
    reading_lists: dict[str, list[str]] = field(default_factory=dict)
    followed_tags: dict[str, list[str]] = field(default_factory=dict)
    reports: list[dict[str, str]] = field(default_factory=list)
    removals: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Publication:
    site: dict[str, Any]
    categories: list[dict[str, str]]
    tags: list[dict[str, str]]
    series: list[dict[str, str]]
    people: list[Person]
    essays: list[Essay]
    pages: list[StandingPage]
    discussions: dict[str, list[Remark]] = field(default_factory=dict)
    """By the slug of the post."""
    reactions: Reactions = field(default_factory=Reactions)


def parse_offset(text: str) -> timedelta:
    """`-3d4h`, `+2d` or `45m` as a span of time."""
    match = _OFFSET.match(text.strip())
    if match is None or not any(match.group("days", "hours", "minutes")):
        raise ValueError(f"{text!r} is no span of time such as -3d4h.")
    span = timedelta(**{unit: int(match[unit] or 0) for unit in ("days", "hours", "minutes")})
    return -span if match["sign"] == "-" else span


def split_head(text: str) -> tuple[dict[str, str], str]:
    """The `name: value` lines between two rules at the start of a file, and what follows them."""
    match = _HEAD.match(text)
    if match is None:
        raise ValueError("The file does not begin with a head between two lines of '---'.")
    head = {}
    for line in match["head"].splitlines():
        name, colon, value = line.partition(":")
        if not colon:
            raise ValueError(f"{line!r} in the head is not `name: value`.")
        head[name.strip()] = value.strip()
    return head, match["body"].strip() + "\n"


@cache
def read_publication() -> Publication:
    """Everything in `content/`, checked for form."""
    taxonomy = _toml("taxonomy.toml")
    return Publication(
        site=_toml("site.toml"),
        categories=taxonomy["categories"],
        tags=taxonomy["tags"],
        series=taxonomy["series"],
        people=[Person(**entry) for entry in _toml("people.toml")["people"]],
        essays=[_essay(path) for path in sorted((CONTENT / "posts").glob("*.md"))],
        pages=[_page(path) for path in sorted((CONTENT / "pages").glob("*.md"))],
        discussions=dict(_discussion(path) for path in sorted((CONTENT / "discussions").glob("*.toml"))),
        reactions=Reactions(**_toml("reactions.toml")),
    )


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


def _essay(path: Path) -> Essay:
    head, body = split_head(path.read_text(encoding="utf-8"))
    fields: dict[str, Any] = {**head, "body": body}
    fields["tags"] = tuple(tag.strip() for tag in head.get("tags", "").split(",") if tag.strip())
    fields["featured"] = head.get("featured") == "true"
    fields["published"] = parse_offset(head["published"]) if "published" in head else None
    if (fields.pop("status", "") == "draft") != (fields["published"] is None):
        raise ValueError(f"{path.name}: either a draft or a time of publication.")
    return Essay(**fields)


def _page(path: Path) -> StandingPage:
    head, body = split_head(path.read_text(encoding="utf-8"))
    return StandingPage(
        title=head["title"],
        slug=head["slug"],
        body=body,
        in_navigation=head["in_navigation"] == "true",
        position=int(head["position"]),
    )


def _discussion(path: Path) -> tuple[str, list[Remark]]:
    entries = tomllib.loads(path.read_text(encoding="utf-8"))
    remarks = [
        Remark(**{**entry, "body": entry["body"].strip(), "at": parse_offset(entry["at"])})
        for entry in entries["comments"]
    ]
    return entries["post"], remarks
