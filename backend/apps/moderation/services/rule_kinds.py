"""What each kind of rule asks of a comment: of one that is about to be written, or of a past one for a trial."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any

from apps.common.markup import render_comment
from apps.common.markup.text import plain_text
from apps.moderation.models import Rule
from apps.moderation.services.rule_links import is_among, linked_hosts, named_hosts, normal_host
from apps.moderation.services.rule_words import WordList, words_of

Settings = Mapping[str, Any]
Test = Callable[["Remark"], bool]
Kind = Rule.Kind

MEMBER_COMMENTS, MEMBER_AGE = 5, timedelta(days=3)
REGULAR_COMMENTS, REGULAR_AGE = 50, timedelta(days=30)


class Trust(StrEnum):
    """How well the site knows somebody, by the age of the account and the comments that are shown of them."""

    NEW = "new"
    MEMBER = "member"
    REGULAR = "regular"


class Remark:
    """A comment as rules see it. Subclasses know about its author at the time when it was written."""

    body: str
    is_edit = False
    age: timedelta
    """Of the author's account."""

    @cached_property
    def html(self) -> str:
        return render_comment(self.body)

    @cached_property
    def words(self) -> list[str]:
        """Of the text as readers see it, and then of its source, in which addresses stand."""
        return [*words_of(plain_text(self.html)), "", *words_of(self.body)]

    @cached_property
    def hosts(self) -> set[str]:
        return linked_hosts(self.html)

    @property
    def trust(self) -> Trust:
        if self.age >= REGULAR_AGE and self.has_earlier(REGULAR_COMMENTS):
            return Trust.REGULAR
        if self.age >= MEMBER_AGE and self.has_earlier(MEMBER_COMMENTS):
            return Trust.MEMBER
        return Trust.NEW

    def has_earlier(self, number: int) -> bool:
        """Whether this many comments of the author are shown already."""
        raise NotImplementedError

    def is_rapid(self, number: int, within: timedelta) -> bool:
        """Whether the author has written this many in that time already, shown or not."""
        raise NotImplementedError


def test_of(kind: str, settings: Settings) -> Test:
    """The question that a rule of this kind with these (validated) settings asks."""
    return _TESTS[Kind(kind)](settings)


def _words(settings: Settings) -> Test:
    listed = WordList(settings["words"])
    return lambda remark: listed.is_in(remark.words)


def _links(settings: Settings) -> Test:
    listed = frozenset(normal_host(host) for host in settings["hosts"])
    return lambda remark: any(is_among(host, listed) for host in remark.hosts | named_hosts(remark.body))


def _first_comments(settings: Settings) -> Test:
    count: int = settings["count"]
    return lambda remark: not remark.is_edit and not remark.has_earlier(count)


def _new_with_links(settings: Settings) -> Test:
    days, comments = settings.get("days"), settings.get("comments")

    def is_new(remark: Remark) -> bool:
        is_young = days is not None and remark.age < timedelta(days=days)
        return is_young or (comments is not None and not remark.has_earlier(comments))

    return lambda remark: bool(remark.hosts) and is_new(remark)


def _rate(settings: Settings) -> Test:
    within = timedelta(minutes=settings["minutes"])

    def is_too_fast(remark: Remark) -> bool:
        if remark.is_edit:
            return False
        limit = settings.get(remark.trust)
        return limit is not None and remark.is_rapid(limit, within)

    return is_too_fast


def _akismet(settings: Settings) -> Test:
    """The gate holds all until the service has been asked, or none."""
    holds = settings["until_checked"] == "hold"
    return lambda _remark: holds


_TESTS: dict[Kind, Callable[[Settings], Test]] = {
    Kind.WORDS: _words,
    Kind.LINKS: _links,
    Kind.FIRST_COMMENTS: _first_comments,
    Kind.NEW_WITH_LINKS: _new_with_links,
    Kind.RATE: _rate,
    Kind.AKISMET: _akismet,
}
