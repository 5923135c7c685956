"""Processes killed in the middle of publishing, at a few points of each step. `make crashes` tries them all."""

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


def test_what_a_killed_process_leaves_is_whole_and_ends_well(database_url: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.crashes", "--sample", "4"],
        cwd=BACKEND,
        env={**os.environ, "DATABASE_URL": database_url},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr[-3000:]
    assert len(ran.stdout.splitlines()) == 9, ran.stdout
