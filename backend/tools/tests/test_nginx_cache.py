"""What Nginx keeps of answers that are the same for everybody: documents, feeds, sitemaps."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from tools import nginx
from tools.network import LOOPBACK, wait_until
from tools.tests.test_nginx import environment, get, serve

pytestmark = pytest.mark.skipif(nginx.find_nginx() is None, reason=nginx.INSTALL_HINT)


class CountingBackend(BaseHTTPRequestHandler):
    """Says what it was asked, how often it was asked that, and how long the answer is good."""

    asked: ClassVar[dict[str, int]] = {}
    broken = False

    def do_GET(self):
        if self.path.startswith("/readyz"):
            return self.reply(200, {})
        self.asked[self.path] = self.asked.get(self.path, 0) + 1
        status = 503 if self.broken else 404 if "gone" in self.path else 200
        return self.reply(status, {**self.headers, "path": self.path, "times": self.asked[self.path]})

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def reply(self, status, seen):
        body = json.dumps(seen).encode()
        self.send_response(status)
        kept = "public, max-age=0, s-maxage=1, stale-if-error=600"
        if "private" in self.path:
            kept = "no-store"
        elif "feed" in self.path:
            kept = "public, max-age=60, s-maxage=1"
        self.send_header("Cache-Control", kept)
        self.send_header("Content-Type", "application/json")
        self.send_header("X-Request-ID", self.headers["X-Request-ID"])
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_HEAD(self):
        self.do_GET()

    def log_message(self, *_):
        pass


@pytest.fixture
def backend():
    CountingBackend.asked, CountingBackend.broken = {}, False
    with ThreadingHTTPServer((LOOPBACK, 0), CountingBackend) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def site(tmp_path, backend):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<title>app</title>")
    yield from serve(tmp_path / "run", environment(tmp_path, NGINX_BACKEND=f"{LOOPBACK}:{backend.server_port}"))


FEEDS = [
    *("/feed.rss", "/feed.atom", "/feed.json", "/comments/feed.rss", "/tags/food/feed.atom", "/series/one/feed.json"),
    *("/categories/a-b/feed.rss", "/authors/jane.doe/feed.rss", "/posts/caf%C3%A9/feed.atom"),
    *("/sitemap.xml", "/sitemaps/posts-1.xml", "/robots.txt", "/opensearch.xml", "/manifest.webmanifest"),
]


@pytest.mark.parametrize("path", FEEDS)
def test_feeds_come_from_the_backend_and_are_kept(site, path):
    first, second = (get(f"{site}{path}?utm_source=x{number}") for number in range(2))
    assert [answer[1]["X-Cache-Status"] for answer in (first, second)] == ["MISS", "HIT"]
    assert json.loads(second[2])["path"] == path


def test_nothing_that_tells_readers_apart_reaches_what_is_kept(site):
    _, _, body = get(f"{site}/feed.rss", Cookie="sessionid=s3cret", Authorization="Bearer s3cret")
    assert "s3cret" not in body.decode()
    assert {"cookie", "authorization"}.isdisjoint(name.lower() for name in json.loads(body))


def test_each_answer_carries_the_id_of_its_own_request(site):
    answers = [get(f"{site}/feed.rss", X_Request_ID=f"request-{number}") for number in range(2)]
    assert [answer[1].get_all("X-Request-ID") for answer in answers] == [["request-0"], ["request-1"]]


def test_webmentions_and_oembed_are_handed_on_whole(site):
    query = "?url=http%3A%2F%2Fa.example%2F&format=json"
    assert json.loads(get(f"{site}/oembed{query}")[2])["path"] == f"/oembed{query}"
    status, headers, body = get(f"{site}/webmention", data=b"source=a&target=b")
    assert (status, json.loads(body)["times"], headers["X-Cache-Status"]) == (200, 1, None)
    assert get(f"{site}/webmention", data=b"x" * 17_000)[0] == 413


def test_what_says_so_is_not_kept(site):
    assert [get(f"{site}/tags/private/feed.rss")[1]["X-Cache-Status"] for _ in range(2)] == ["MISS", "MISS"]


@pytest.mark.parametrize(
    ("asked", "handed_on"),
    [
        ("/", "/"),
        ("/index.html?x=1", "/index.html"),
        ("/posts/caf%C3%A9?utm_source=x", "/posts/caf%C3%A9"),
        ("/authors/jane.doe", "/authors/jane.doe"),
        ("/search?x=1&cursor=c&q=two+words%26&q=more", "/search?&q=two+words%26&cursor=c"),
        ("/posts/a%3Fq=1", "/posts/a%3Fq=1"),
        ("/?p=1178&x=1", "/?&p=1178"),
        ("/?page_id=2", "/?&page_id=2"),
        ("/?p=1178x", "/"),
        ("/posts/a?p=1178", "/posts/a"),
        ("/x/../posts//a", "/posts/a"),
    ],
)
def test_documents_come_from_the_backend_with_what_they_know_of_the_query(site, asked, handed_on):
    status, headers, body = get(site + asked)
    assert (status, json.loads(body)["path"]) == (200, handed_on)
    assert headers.get_all("Cache-Control") == ["public, max-age=0, must-revalidate"]


def test_document_is_one_copy_for_all_and_each_query_another(site):
    paths = ("/posts/a", "/posts/a?utm=1", "/posts/a?q=1", "/posts/a%3F&q=1", "/posts/b")
    assert [get(site + path)[1]["X-Cache-Status"] for path in paths] == ["MISS", "HIT", "MISS", "MISS", "MISS"]
    assert get(f"{site}/posts/a", Cookie="sessionid=x", Authorization="Bearer x")[1]["X-Cache-Status"] == "HIT"
    assert get(f"{site}/posts/a", method="HEAD")[1]["X-Cache-Status"] == "HIT"


def test_what_is_missing_is_missing_from_the_copy_as_well(site):
    answers = [get(f"{site}/posts/gone") for _ in range(2)]
    assert [answer[0] for answer in answers] == [404, 404]
    assert answers[1][1]["X-Cache-Status"] == "HIT"


def test_readers_keep_reading_while_the_backend_is_away(site, backend):
    assert [get(site + path)[0] for path in ("/posts/a", "/feed.rss")] == [200, 200]
    backend.shutdown()
    backend.server_close()
    is_stale = lambda: get(f"{site}/posts/a")[1]["X-Cache-Status"] == "STALE"  # noqa: E731
    wait_until("the copy to be old", is_stale, alive=lambda: True, interval=0.1)
    assert get(f"{site}/feed.rss")[1]["X-Cache-Status"] == "STALE"
    status, headers, body = get(f"{site}/posts/a")
    assert (status, json.loads(body)["path"]) == (200, "/posts/a")
    assert headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    status, headers, body = get(f"{site}/posts/never-read")
    assert (status, headers["Retry-After"]) == (502, "5")
    assert b"Back in a moment" in body


def test_backend_that_cannot_answer_is_as_good_as_away(site, backend):
    assert get(f"{site}/posts/a")[0] == 200
    CountingBackend.broken = True
    is_stale = lambda: get(f"{site}/posts/a")[1]["X-Cache-Status"] == "STALE"  # noqa: E731
    wait_until("the copy to be old", is_stale, alive=lambda: True, interval=0.1)
    assert get(f"{site}/posts/a")[0] == 200


def test_documents_cannot_be_asked_for_without_end(tmp_path, backend):
    values = {"NGINX_BACKEND": f"{LOOPBACK}:{backend.server_port}", "NGINX_API_RATE": "1r/m", "NGINX_API_BURST": "1"}
    (tmp_path / "site").mkdir()
    for address in serve(tmp_path / "limited", environment(tmp_path, **values)):
        answers = [get(f"{address}/search?q={number}") for number in range(4)]
        assert [answer[0] for answer in answers] == [200, 200, 429, 429]
        assert answers[3][1]["Retry-After"] == "1"
