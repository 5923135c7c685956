"""`@username` in a comment becomes a link to that person. A rule for markdown-it."""

import re
from collections.abc import Iterator, Mapping

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from apps.common.addresses import path_of

ENVIRONMENT = "mentioned"
_NAME = re.compile(r"(?<![\w@/.+-])@([A-Za-z0-9](?:[A-Za-z0-9_.-]{0,28}[A-Za-z0-9_-]))(?![\w@])")
"""A dot at the end belongs to the sentence. What looks like an address or a path names nobody."""


class Mentioned:
    """Who may be named in a text: ids and usernames by the username in small letters. `shown` gathers the ids of those
    whom the rendered text in fact names; what stands within code or a link does not."""

    def __init__(self, people: Mapping[str, tuple[int, str]] | None = None) -> None:
        self.people = dict(people or {})
        self.shown: set[int] = set()


def names_in(body: str, *, at_most: int) -> list[str]:
    """The first names in the text, in small letters, each once."""
    found: dict[str, None] = {}
    for match in _NAME.finditer(body):
        found.setdefault(match[1].lower())
        if len(found) >= at_most:
            break
    return list(found)


def mentions(state: StateCore) -> None:
    """Link the names of known people, outside links and code."""
    mentioned: Mentioned | None = state.env.get(ENVIRONMENT)
    if mentioned is None or not mentioned.people:
        return
    for inline in state.tokens:
        if inline.type == "inline" and "@" in inline.content:
            inline.children = list(_linked(inline.children or [], mentioned))


def _linked(tokens: list[Token], mentioned: Mentioned) -> Iterator[Token]:
    within_links = 0
    for token in tokens:
        within_links += token.nesting if token.type in {"link_open", "link_close"} else 0
        if token.type != "text" or within_links:
            yield token
        else:
            yield from _split(token, mentioned)


def _split(token: Token, mentioned: Mentioned) -> Iterator[Token]:
    at = 0
    for match in _NAME.finditer(token.content):
        person = mentioned.people.get(match[1].lower())
        if person is None:
            continue
        pk, username = person
        mentioned.shown.add(pk)
        yield _text(token.content[at : match.start()], token.level)
        yield Token("link_open", "a", 1, attrs={"href": path_of("authors", username), "class": "mention"})
        yield _text(f"@{username}", token.level + 1)
        yield Token("link_close", "a", -1)
        at = match.end()
    yield _text(token.content[at:], token.level) if at else token


def _text(content: str, level: int) -> Token:
    return Token("text", "", 0, content=content, level=level)
