"""Processes killed in the middle of publishing, at a few points of each step, and workers while they tell people of
things. `make crashes` tries them all, and a thousand of these."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings

BACKEND = Path(__file__).resolve().parents[1]


@pytest.fixture
def database_url(tmp_path: Path) -> Iterator[str]:
    """An empty database of the kind that the tests run on, which outlives the processes that are killed."""
    if settings.IS_SQLITE:
        yield f"sqlite:///{tmp_path / 'byline.sqlite3'}"
        return
    url, name = os.environ["DATABASE_URL"], f"byline_crashes_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _run(database_url: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=BACKEND,
        env={**os.environ, "DATABASE_URL": database_url},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_what_a_killed_process_leaves_is_whole_and_ends_well(database_url: str) -> None:
    ran = _run(database_url, "tests.crashes", "--sample", "4")
    assert ran.returncode == 0, ran.stdout + ran.stderr[-3000:]
    assert len(ran.stdout.splitlines()) == 9, ran.stdout


def test_killed_workers_tell_everybody_and_nobody_twice(database_url: str) -> None:
    ran = _run(database_url, "tests.crashes.telling", "--things", "50", "--kills", "12")
    assert ran.returncode == 0, ran.stdout + ran.stderr[-3000:]
    assert "12 workers killed over 50 things to tell: 50 in inboxes, 50 mails" in ran.stdout
