"""Ports: a taken one is found out before the long work, with one line."""

import socket

import pytest

from tools.console import Problem
from tools.network import LOOPBACK, address_from_environment, free_port, require_free, site_url, wait_until


def test_taken_port_is_named_with_a_way_out():
    with socket.socket() as server:
        server.bind((LOOPBACK, 0))
        server.listen()
        port = server.getsockname()[1]
        with pytest.raises(Problem, match=rf"port {port} on 127\.0\.0\.1 is taken.*PORT={port + 1}"):
            require_free(LOOPBACK, port)


def test_free_port_is_accepted():
    require_free(LOOPBACK, free_port())


def test_unknown_host_is_one_line():
    with pytest.raises(Problem, match=r"cannot listen on 203\.0\.113\.1"):
        require_free("203.0.113.1", 8000)


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "8 0"])
def test_port_must_be_a_port(monkeypatch, port):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(Problem, match="PORT must be a number"):
        address_from_environment()


def test_host_and_port_default(monkeypatch):
    monkeypatch.setenv("HOST", "")
    monkeypatch.delenv("PORT", raising=False)
    assert address_from_environment() == ("127.0.0.1", 8000)


@pytest.mark.parametrize(
    ("host", "url"),
    [("127.0.0.1", "http://127.0.0.1:80"), ("0.0.0.0", "http://localhost:80"), ("::1", "http://[::1]:80")],
)
def test_site_url_can_be_opened_in_a_browser(host, url):
    assert site_url(host, 80) == url


def test_waiting_ends_when_the_process_has_ended():
    with pytest.raises(Problem, match="ended before"):
        wait_until("it", lambda: False, alive=lambda: False)


def test_waiting_ends_after_its_time():
    with pytest.raises(Problem, match="not ready after 0 s"):
        wait_until("it", lambda: False, alive=lambda: True, timeout=0, interval=0)
