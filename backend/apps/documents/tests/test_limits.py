"""Documents under those who mean no good: nobody keeps the engine from the others, or fills what is kept."""

import threading
import time
from contextlib import suppress
from types import SimpleNamespace

import pytest
import time_machine
from django.urls import resolve

from apps.documents import engine as engines
from apps.documents import rendering
from apps.documents.api import Answer
from apps.documents.engine import EngineBusy, EngineError, keeper
from apps.posts.tests.factories import make_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(cast):
    return make_post(cast.author, title="A post", slug="a-post")


def test_queue_for_the_engine_has_an_end(client, settings):
    settings.DOCUMENT_QUEUE = 1
    begun, done = threading.Event(), threading.Event()

    def wait():
        begun.set()
        with suppress(EngineError), keeper.borrow(60):
            done.set()

    with keeper.borrow(60):
        waiting = threading.Thread(target=wait)
        waiting.start()
        begun.wait(60)
        while keeper._here < 2:
            assert not done.is_set()
        with pytest.raises(EngineBusy, match="too many"), keeper.borrow(60):
            pass
        response = client.get("/tags/one")
    waiting.join()
    assert (response.status_code, response.headers["Cache-Control"], done.is_set()) == (200, "no-store", True)
    assert b"<h1>/tags/one</h1>" in client.get("/tags/one").content


def test_slow_api_is_no_fault_of_the_engine(client, settings, monkeypatch):
    settings.DOCUMENT_TIME_LIMIT_MS = 1000
    with keeper.borrow(60) as first:
        pass
    now = 1000.0
    monkeypatch.setattr(engines, "time", SimpleNamespace(monotonic=lambda: now, perf_counter=time.perf_counter))

    def ask(address, **given):
        nonlocal now
        now += 2
        return Answer(404, "{}")

    monkeypatch.setattr(rendering, "ask", ask)
    for _ in range(engines.FAILURES_AT_ONCE + 1):
        assert client.get("/posts/slow").headers["Cache-Control"] == "no-store"
    assert b"<h1>/tags/one</h1>" in client.get("/tags/one").content
    with keeper.borrow(60) as last:
        assert last is first


def test_api_that_breaks_leaves_the_engine_as_it_is(client, post, monkeypatch):
    view = resolve("/api/v1/posts/a-post").func.cls  # type: ignore[attr-defined]

    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(view, "retrieve", broken)
    assert {client.get("/posts/a-post").status_code for _ in range(6)} == {503}
    assert b"<h1>/tags/fine</h1>" in client.get("/tags/fine").content


@time_machine.travel("2031-03-01T10:00:00Z", tick=False)
def test_searches_count_for_their_caller(client, post, settings):
    settings.RATE_LIMITS_ENABLED = True
    settings.RATE_LIMITS = {"anonymous": 2, "signed-in": 2}
    found = [client.get(f"/search?q={number}").headers["Cache-Control"] == "no-store" for number in range(3)]
    assert found == [False, False, True]
    assert client.get("/api/v1/search?q=1").status_code == 429
    assert client.get("/posts/a-post").headers["Cache-Control"] != "no-store"
    other = client.get("/search?q=1", REMOTE_ADDR="198.51.100.7")
    assert other.headers["Cache-Control"] != "no-store"


def test_addresses_without_end_leave_nothing_for_long(client):
    with time_machine.travel("2031-03-01T10:00:00Z", tick=False) as clock:
        first = client.get("/search?q=a").headers["Last-Modified"]
        clock.shift(700)
        assert client.get("/search?q=a").headers["Last-Modified"] != first


def test_what_is_nowhere_is_rendered_once(client, monkeypatch):
    asked = []
    render = rendering.render

    def count(address, request):
        asked.append(address)
        return render(address, request)

    monkeypatch.setattr(rendering, "render", count)
    with time_machine.travel("2031-03-01T10:00:00Z", tick=False) as clock:
        assert {client.get(f"/nothing/{number}").content for number in range(3)} == {client.get("/no").content}
        assert len(asked) == 1
        clock.shift(11)
        assert client.get("/nothing").status_code == 404
    assert len(asked) == 2
