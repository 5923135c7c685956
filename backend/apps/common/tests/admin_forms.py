"""Filling in the admin's forms as a browser would: what the page holds is sent back, with changes."""

from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User

FormData = dict[str, list[str]]
NOT_SENT = {"submit", "button", "checkbox", "radio"}


class _FormReader(HTMLParser):
    """Collects the successful controls of a page's forms."""

    def __init__(self) -> None:
        super().__init__()
        self.data: FormData = {}
        self._select = ""
        self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        name = values.get("name") or ""
        if tag == "select":
            self._select = name
        elif tag == "option" and "selected" in values and self._select:
            self.data.setdefault(self._select, []).append(values.get("value") or "")
        elif tag == "textarea":
            self._textarea = name
            self.data[name] = [""]
        elif tag == "input" and name and ("checked" in values or values.get("type") not in NOT_SENT):
            without_value = "on" if values.get("type") in {"checkbox", "radio"} else ""
            self.data.setdefault(name, []).append(values.get("value") or without_value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.data[self._textarea][0] += data.removeprefix("\n") if not self.data[self._textarea][0] else data


def read_form(client: Client, path: str) -> FormData:
    """What the form at the path would send if nothing were changed."""
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    reader = _FormReader()
    reader.feed(response.content.decode())
    return reader.data


def change(form: FormData, **changes: Any) -> dict[str, Any]:
    """The form with some values replaced; None takes a control out."""
    data: dict[str, Any] = {**form, "_save": "Save", **changes}
    return {name: value for name, value in data.items() if value is not None}


def submit(client: Client, path: str, **changes: Any) -> Any:
    """Open the form at the path, change some values, save."""
    return client.post(path, change(read_form(client, path), **changes))


def run_action(client: Client, path: str, action: str, rows: Iterable[Any], **more: Any) -> Any:
    """Run a bulk action on these rows of a list."""
    selected = [str(row.pk) for row in rows]
    return client.post(path, {"action": action, "_selected_action": selected, "index": "0", **more}, follow=True)


def messages_of(response: Any) -> str:
    """What the page says at its top."""
    return " ".join(str(message) for message in response.context["messages"])


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def count_queries(client: Client, path: str) -> int:
    """Number of queries that a second look at the page takes."""
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)
