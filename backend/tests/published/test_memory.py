"""The app leaves nothing behind in the engine: it renders for as long as the process lives."""

import time
from pathlib import Path
from urllib.parse import quote

import pytest

from apps.documents.engine import Deadline, Engine

GROWTH_ALLOWED = 20_000  # bytes a render; a page and its data are ten times that


@pytest.fixture
def engine(settings):
    script = Path(settings.SPA_SERVER)
    if not script.is_file():
        pytest.skip("the app is not built")
    engine = Engine(script)
    yield engine
    engine.close()


def render(engine, site, url):
    """One document, by the answers of the running publication."""
    deadline = Deadline(60)
    number = engine.start({"url": url, "origin": site.base, "language": "en"}, deadline)
    while (state := engine.poll(number, deadline))["state"] == "waiting":
        for wanted in state["requests"]:
            answer = site.get(wanted["path"])
            engine.answer(number, wanted["n"], answer.status, answer.text, deadline)
    engine.drop(number)
    return state


def heap(engine):
    """Bytes in use once what can go has gone."""
    for _ in range(3):
        engine._racer.low_memory_notification()
        time.sleep(0.2)
    return engine._racer.heap_stats()["used_heap_size"]


def test_renders_leave_nothing_behind(engine, site):
    post = f"/posts/{quote(site.api('posts?limit=1')['results'][0]['slug'])}"
    urls, before = ["/", post, "/not-found", "/archive"], 0
    for index in range(60):
        state = render(engine, site, urls[index % len(urls)])
        assert (state["state"], state["status"]) == ("done", 404 if index % 4 == 2 else 200)
        if index == 19:
            before = heap(engine)
    assert (heap(engine) - before) / 40 < GROWTH_ALLOWED
