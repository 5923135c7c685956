"""Requests a second, by wrk where it is installed and by threads of our own elsewhere."""

from __future__ import annotations

import http.client
import re
import shutil
import subprocess
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from tools.console import Problem

CONNECTIONS = 8


@dataclass(frozen=True)
class Load:
    """What came back in one round."""

    requests: int
    per_second: float


def run(url: str, duration: int) -> Load:
    """Ask for the URL over eight connections for so many seconds; every answer must be a success."""
    wrk = shutil.which("wrk")
    return _by_wrk(wrk, url, duration) if wrk else _by_threads(url, duration)


def _by_wrk(wrk: str, url: str, duration: int) -> Load:
    arguments = [wrk, "--threads", "1", "--connections", str(CONNECTIONS), "--duration", f"{duration}s", url]
    text = subprocess.run(arguments, check=True, capture_output=True, text=True).stdout  # noqa: S603
    if "Non-2xx" in text or "Socket errors" in text:
        raise Problem(f"{url} did not answer every request:\n{text}")
    total = re.search(r"(\d+) requests in", text)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", text)
    if total is None or rate is None:
        raise Problem(f"wrk said what we cannot read:\n{text}")
    return Load(int(total.group(1)), float(rate.group(1)))


def _by_threads(url: str, duration: int) -> Load:
    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    started = time.monotonic()
    counts: list[int] = []

    def ask() -> None:
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
        count = 0
        while time.monotonic() - started < duration:
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
            count += response.status == 200
        counts.append(count)

    threads = [threading.Thread(target=ask) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Load(sum(counts), sum(counts) / (time.monotonic() - started))
