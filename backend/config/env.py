"""Typed reading of the environment.

Every setting that differs between installations is read here. A value that is missing or malformed stops the
start with one line that names the variable and says what is expected; no traceback, no silent default.

Any variable may be given as a file instead: with `SECRET_KEY_FILE=/run/secrets/key` the value is the file's
content without surrounding white space. A variable that is set but empty counts as absent.
"""

import os
import re
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}


def fail(message: str) -> NoReturn:
    """Stop the start with one clear line."""
    raise SystemExit(f"Byline cannot start: {message}")


def _raw(name: str) -> str | None:
    value = os.environ.get(name, "").strip()
    if value:
        return value
    path = os.environ.get(f"{name}_FILE", "").strip()
    if not path:
        return None
    try:
        return Path(path).read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{name}_FILE names {path}, which cannot be read ({error.__class__.__name__}).")


def text(name: str, default: str = "") -> str:
    """The variable as text."""
    value = _raw(name)
    return default if value is None else value


def required(name: str, hint: str) -> str:
    """The variable as text; its absence stops the start with `hint`, which says what to set it to."""
    value = _raw(name)
    if value is None:
        fail(f"{name} is not set. {hint}")
    return value


def boolean(name: str, *, default: bool) -> bool:
    """The variable as a truth value: 1/0, true/false, yes/no, on/off."""
    value = _raw(name)
    if value is None:
        return default
    if value.lower() in _TRUE:
        return True
    if value.lower() in _FALSE:
        return False
    fail(f"{name} is {value!r}; it must be 1 or 0.")


def integer(name: str, default: int, *, minimum: int = 0) -> int:
    """The variable as a whole number of at least `minimum`."""
    value = _raw(name)
    if value is None:
        return default
    try:
        number = int(value)
    except ValueError:
        fail(f"{name} is {value!r}; it must be a whole number.")
    if number < minimum:
        fail(f"{name} is {number}; it must be at least {minimum}.")
    return number


def items(name: str, default: str = "") -> list[str]:
    """The variable as a comma-separated list; empty items are dropped."""
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def address(name: str) -> str:
    """The variable as an http(s) address without a trailing slash, such as https://files.example.org/a, or nothing."""
    value = text(name).rstrip("/")
    parts = urlsplit(value)
    is_plain = re.fullmatch(r"[\w.:\[\]/~%-]*", value, re.ASCII) is not None
    if value and (parts.scheme not in {"http", "https"} or not parts.hostname or not is_plain):
        fail(f"{name} is {value!r}; it must look like https://files.example.org/images.")
    return value


def origin(name: str, default: str) -> str:
    """The variable as an http(s) origin such as https://example.org, without a trailing slash."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        fail(f"{name} is {value!r}; it must look like https://example.org (no path).")
    return value
