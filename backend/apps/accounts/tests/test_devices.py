"""What people are told of a program and an address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.accounts.devices import UNKNOWN_PROGRAM, address_class, device_name

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox on Windows"),
        (f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {CHROME} Safari/537.36", "Chrome on macOS"),
        (f"Mozilla/5.0 (Linux; Android 14; Pixel 8) {CHROME} Mobile Safari/537.36", "Chrome on Android"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36 Edg/126.0.0.0", "Edge on Windows"),
        (
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
                "Version/17.5 Mobile/15E148 Safari/604.1"
            ),
            "Safari on iOS",
        ),
        ("curl/8.4.0", "curl"),
        ("python-requests/2.32.3", "Python Requests"),
        ("", UNKNOWN_PROGRAM),
        ("   ", UNKNOWN_PROGRAM),
        ("<script>alert(1)</script>", UNKNOWN_PROGRAM),
    ],
)
def test_programs_are_named_as_people_know_them(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name


@given(st.text(max_size=300))
def test_nonsense_never_fails(user_agent: str) -> None:
    assert 0 < len(device_name(user_agent)) <= 130


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("127.0.0.1", "this computer"),
        ("::1", "this computer"),
        ("::ffff:127.0.0.1", "this computer"),
        ("10.1.2.3", "local network"),
        ("192.168.178.20", "local network"),
        ("fd12:3456::1", "local network"),
        ("fe80::1", "local network"),
        ("::ffff:10.0.0.1", "local network"),
        ("8.8.8.8", "internet"),
        ("2a01:4f8::1", "internet"),
        (None, "unknown"),
        ("", "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_addresses_are_told_apart_by_how_near_they_are(address: str | None, expected: str) -> None:
    assert address_class(address) == expected
