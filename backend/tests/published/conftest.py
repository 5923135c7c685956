"""A running publication, and its author."""

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.published.imports import EXPORT

BACKEND = Path(__file__).resolve().parents[2]


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: Any
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Publication:
    """Asks a publication for things, as anybody or as its author."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._opener = urllib.request.build_opener(_Stay)
        self.access = ""

    def get(self, path: str, **headers: str) -> Answer:
        return self.send("GET", path, headers=headers)

    def send(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Answer:
        sent = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        data = None if body is None else json.dumps(body).encode()
        if data is not None:
            sent["Content-Type"] = "application/json"
        request = urllib.request.Request(self.base + path, data=data, headers=sent, method=method)
        try:
            with self._opener.open(request, timeout=30) as response:
                return Answer(response.status, response.headers, response.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.headers, error.read())

    def api(self, path: str) -> Any:
        """What the API says to anybody."""
        answer = self.get(f"/api/v1/{path}")
        assert answer.status == 200, answer.text
        return json.loads(answer.body)

    def every(self, path: str) -> list[Any]:
        """All of a list, page after page."""
        rows, wanted = [], f"{path}{'&' if '?' in path else '?'}limit=100"
        while wanted:
            page = self.api(wanted)
            rows += page["results"]
            wanted = (page["next"] or "").partition("/api/v1/")[2]
        return rows

    def write(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """As the author; what the API answers."""
        if not self.access:
            who = {"username": os.environ["AUTHOR"], "password": os.environ["ACCOUNT_PASSWORD"], "cookie": False}
            self.access = json.loads(self.send("POST", "/api/v1/auth/token", who).body)["access"]
        given = {"Authorization": f"Bearer {self.access}", **headers}
        answer = self.send(method, f"/api/v1/{path}", body, given)
        assert answer.status < 300, answer.text
        return json.loads(answer.body) if answer.body else {}

    def publish(self, **fields: str) -> Any:
        """A post that everybody may read."""
        post = self.write("POST", "posts", {"body": "Some *text*.", **fields})
        return self.write("POST", f"posts/{quote(post['slug'])}/publish", If_Match=f'"{post["version"]}"')

    def trash(self, slug: str) -> None:
        self.write("DELETE", f"posts/{slug}", If_Match="*")


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    base = os.environ.get("BASE_URL")
    if not base:
        pytest.skip("no publication is running: see tests/published/__init__.py")
    own = tmp_path_factory.mktemp("import") / "export.xml"
    own.write_text(EXPORT)
    for export in filter(None, (str(own), os.environ.get("WORDPRESS_EXPORT"))):
        command = [sys.executable, "manage.py", "import_wordpress", export]
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.production"}
        subprocess.run(command, cwd=BACKEND, env=environment, check=True, capture_output=True)
    return Publication(base)


def public_addresses(site: Publication) -> dict[str, str]:
    """Every address of a document, and what its title has to name."""
    found = {"/": site.api("site")["name"], "/archive": "", "/search?q=the": ""}
    kinds = (
        ("posts", "posts", "slug", "title"),
        ("tags", "tags", "slug", "name"),
        ("categories", "categories", "slug", "name"),
        ("pages", "pages", "slug", "title"),
    )
    for resource, folder, key, title in kinds:
        found |= {f"/{folder}/{quote(row[key])}": row[title] for row in site.every(resource)}
    authors = {row["author"]["username"]: row["author"]["display_name"] for row in site.every("posts")}
    found |= {f"/authors/{quote(username)}": name for username, name in authors.items()}
    months = site.every("archive")
    found |= {f"/archive/{row['year']}/{row['month']:02}": str(row["year"]) for row in months}
    return found
