"""The engine under limits: what goes wrong in it ends there, and the next document is rendered all the same."""

import os
import subprocess
import sys
import threading

import pytest

from apps.documents import engine as engines
from apps.documents.engine import Deadline, EngineError, keeper
from apps.documents.tests.conftest import FIXTURES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("way", ["endless", "hungry", "throws", "fails", "garbage", "loops", "unescaped"])
def test_reader_gets_the_bare_app_and_the_next_one_a_document(client, settings, way):
    if way == "endless":
        settings.DOCUMENT_TIME_LIMIT_MS = 1000
    broken = client.get(f"/tags/{way}")
    settings.DOCUMENT_TIME_LIMIT_MS = 60_000
    assert (broken.status_code, broken.headers["Cache-Control"]) == (200, "no-store")
    assert b'<div id="app"></div>' in broken.content
    assert b"noindex" not in broken.content
    assert b"<h1>/tags/fine</h1>" in client.get("/tags/fine").content


def test_missing_or_broken_script_leaves_the_bare_app(client, app):
    script = app / "server.js"
    for text in (None, "this is no script", "globalThis.other = 1"):
        script.unlink() if text is None else script.write_text(text)
        response = client.get("/tags/one")
        assert (response.status_code, b'<div id="app"></div>' in response.content) == (200, True)
    assert client.get("/nothing").status_code == 404


def test_new_script_is_taken_up(client, app):
    assert b"<h1>/tags/one</h1>" in client.get("/tags/one").content
    script = app / "server.js"
    script.write_text(script.read_text().replace("<h1>", "<h1>New: "))
    os.utime(script, (1, 1))
    assert b"<h1>New: /tags/one</h1>" in client.get("/tags/one").content


def test_script_that_is_away_for_a_moment_is_not_missed(client, app):
    client.get("/tags/one")
    (app / "server.js").unlink()
    assert b"<h1>/tags/one</h1>" in client.get("/tags/one").content


def test_engine_that_fails_again_and_again_rests(client, monkeypatch):
    now = 1000.0
    monkeypatch.setattr(keeper, "now", lambda: now)
    for _ in range(engines.FAILURES_AT_ONCE):
        client.get("/tags/throws")
    for _ in range(engines.FAILURES_AT_ONCE):  # which are no failures of their own
        now += engines.REST_SECONDS / 10
        assert b'<div id="app"></div>' in client.get("/tags/fine").content
    now += engines.REST_SECONDS / 2
    assert b"<h1>/tags/fine</h1>" in client.get("/tags/fine").content


def test_engine_is_one_and_used_by_one_at_a_time(settings):
    settings.DOCUMENT_QUEUE = 8
    seen: list[engines.Engine] = []

    def use():
        with keeper.borrow(60) as engine:
            before = len(seen)
            render = engine.start({"url": "/"}, Deadline(60))
            assert engine.poll(render, Deadline(60))["state"] == "done"
            assert len(seen) == before
            seen.append(engine)

    threads = [threading.Thread(target=use) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 8
    assert len(set(map(id, seen))) == 1


def test_who_waits_too_long_for_the_engine_is_told():
    with keeper.borrow(60), pytest.raises(EngineError, match="busy"), keeper.borrow(0.01):
        pass


def test_engine_that_has_grown_is_replaced(monkeypatch):
    with keeper.borrow(60) as first:
        monkeypatch.setattr(first, "has_grown", lambda: True)
    with keeper.borrow(60) as second:
        assert second is not first


def test_process_with_an_engine_ends():
    lines = (
        "import django; django.setup()",
        "from apps.documents.engine import keeper",
        "with keeper.borrow(20) as engine: print('ready')",
    )
    environment = {**os.environ, "SPA_SERVER": str(FIXTURES / "server.js")}
    command = [sys.executable, "-c", "\n".join(lines)]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=True)
    assert ended.stdout == "ready\n"
