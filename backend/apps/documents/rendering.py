"""One render from start to end: the engine asks, the API answers."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.cache import cache

from apps.documents.api import Answer, ask
from apps.documents.engine import Deadline, Engine, EngineError, OutOfTime, keeper
from apps.documents.gone import is_gone
from apps.site.services import get_site

if TYPE_CHECKING:
    from django.http import HttpRequest

    from apps.documents.addresses import Address

MOST_ROUNDS, MOST_REQUESTS = 30, 40
_MISSING_SECONDS = 10
"""For which the page of what is missing is the same for all addresses, of which there is no end."""


class Unavailable(Exception):
    """The API cannot answer now, so that there is no document either."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What the app made of an address."""

    status: int
    redirect: str = ""
    head: str = ""
    html: str = ""
    data: str = ""
    lang: str = ""
    dir: str = ""


def render(address: Address, request: HttpRequest) -> Rendered:
    """The document at that address; an EngineError when it cannot be had, Unavailable when the API is."""
    seconds = settings.DOCUMENT_TIME_LIMIT_MS / 1000
    language = get_site().language
    with keeper.borrow(seconds) as engine:
        deadline = Deadline(seconds)
        what = {"url": address.url, "origin": settings.PUBLIC_URL, "language": language}
        render_id = engine.start(what, deadline)
        outcome = _Render(engine, render_id, address, request, deadline).run()
    if isinstance(outcome, Unavailable):
        raise outcome
    return outcome


def render_missing(address: Address, request: HttpRequest) -> Rendered:
    """The document of an address where nothing can be, as it was made for another one a moment ago."""
    try:
        key = f"document:missing:{Path(settings.SPA_SERVER).stat().st_mtime_ns}"
    except OSError:
        return render(address, request)
    known = cache.get(key)
    if not isinstance(known, Rendered):
        known = render(address, request)
        if known.status < 500:
            cache.set(key, known, _MISSING_SECONDS)
    return known


class _Render:
    """A render that has begun."""

    def __init__(
        self, engine: Engine, render_id: Any, address: Address, request: HttpRequest, deadline: Deadline
    ) -> None:
        self.engine, self.id, self.address, self.request, self.deadline = engine, render_id, address, request, deadline
        self.asked = 0

    def run(self) -> Rendered | Unavailable:
        try:
            return self._run()
        except OutOfTime:
            self._drop()
            raise

    def _run(self) -> Rendered | Unavailable:
        for _ in range(MOST_ROUNDS):
            state = self.engine.poll(self.id, self.deadline)
            if state.get("state") == "done":
                self._drop()
                return _rendered(state)
            if state.get("state") != "waiting":
                raise EngineError(f"the app failed: {str(state.get('error', state.get('state')))[:2000]}")
            for wanted in state.get("requests") or ():  # none while it waits for a clock of its own
                early = self._answer(wanted["n"], str(wanted["path"]))
                if early is not None:
                    self._drop()
                    return early
        raise EngineError("the app asks without end")

    def _answer(self, number: Any, path: str) -> Rendered | Unavailable | None:
        """Answer one request of the app; a result where the answer settles the whole document."""
        self.asked += 1
        if self.asked > MOST_REQUESTS:
            raise EngineError("the app asks too much")
        answer = ask(path, on_behalf_of=self.request)
        if answer.status >= 500:
            return Unavailable(f"{urlsplit(path).path} answered {answer.status}")
        if refuses_cursor(answer) and self.address.first_page != self.address.url:
            return Rendered(302, redirect=self.address.first_page)
        new_home = moved_document(self.address, path, answer.moved_to)
        if new_home:
            return Rendered(301, redirect=new_home)
        self.engine.answer(self.id, number, self._status_of(answer, path), answer.body, self.deadline)
        return None

    def _status_of(self, answer: Answer, path: str) -> int:
        """The API does not tell what is gone from what never was; the document says so in words, and by its status."""
        subject = f"/api/v1{self.address.path}"
        was_here = answer.status == 404 and urlsplit(path).path == subject and is_gone(self.address.path)
        return 410 if was_here else answer.status

    def _drop(self) -> None:
        with suppress(EngineError):
            self.engine.drop(self.id)


def refuses_cursor(answer: Answer) -> bool:
    """Whether there is no such page of the list: the cursor is another list's, or none at all."""
    if answer.status != 400:
        return False
    return any(error.get("parameter") == "cursor" for error in json.loads(answer.body).get("errors", ()))


def moved_document(address: Address, asked: str, found: str) -> str:
    """Where the document is now, if what it shows has another name there: an old slug leads to the current one."""
    if not found or not address.resource:
        return ""
    folder, _, name = address.path.rpartition("/")
    prefix = f"/api/v1/{address.resource}/"
    asked_path, found_path = urlsplit(asked).path, urlsplit(found).path
    if not found_path.startswith(prefix) or unquote(asked_path) != unquote(f"{prefix}{name}"):
        return ""
    new_name = found_path.removeprefix(prefix)
    if not new_name or "/" in new_name:
        return ""
    return f"{folder}/{new_name}{f'?{address.query}' if address.query else ''}"


def _rendered(state: dict[str, Any]) -> Rendered:
    """The outcome, as far as it is what was agreed on."""
    status = state.get("status")
    texts = {name: state.get(name) or "" for name in ("redirect", "head", "html", "lang", "dir")}
    data = state.get("data") or ""
    if not isinstance(status, int) or not 200 <= status <= 599 or not all(isinstance(t, str) for t in texts.values()):
        raise EngineError("the script does not speak our protocol")
    if not isinstance(data, str):
        data = json.dumps(data).replace("<", "\\u003c")
    if "<" in data:
        raise EngineError("the data are not escaped")
    return Rendered(status=status, data=data, **texts)
