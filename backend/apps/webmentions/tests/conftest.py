"""A web of pages, instead of the real one."""

from collections.abc import Mapping
from email.message import Message
from typing import Any

import pytest

from apps.common.fetching import Fetched, FetchError, FetchFailed
from apps.webmentions.services import receiving, sending


class Web:
    """`pages[address]` is a page's HTML, a whole answer, or an error; others are not there. `told`: forms sent."""

    def __init__(self) -> None:
        self.pages: dict[str, str | Fetched | FetchError] = {}
        self.asked: list[str] = []
        self.told: list[tuple[str, Mapping[str, str]]] = []

    def fetch(self, url: str, *, form: Mapping[str, str] | None = None, **rest: Any) -> Fetched:
        self.asked.append(url)
        page = self.pages.get(url, answer(url, "", status=404))
        if isinstance(page, FetchError):
            raise page
        if form is not None:
            self.told.append((url, form))
        return answer(url, page) if isinstance(page, str) else page


def answer(url: str, body: str, *, status: int = 200, **headers: str) -> Fetched:
    message = Message()
    for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
        message[name.replace("_", "-")] = value
    return Fetched(url, status, message, body.encode())


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Web:
    """What this site's requests meet. It is at a public address itself."""
    settings.PUBLIC_URL, settings.PUBLIC_HOST = "https://byline.example", "byline.example"
    found = Web()
    monkeypatch.setattr(receiving, "fetch", found.fetch)
    monkeypatch.setattr(sending, "fetch", found.fetch)
    return found


AWAY = FetchFailed("away")
