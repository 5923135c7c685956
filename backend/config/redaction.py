"""Nothing that opens an account is written down: credentials are taken out of log lines and error reports.

The code logs none to begin with. This is for what others put in: an address with a token in its query, the message of
an error that repeats its input, a library that is talkative at DEBUG.
"""

import re
from collections.abc import Mapping
from typing import Any

REMOVED = "[removed]"
SECRET_NAMES = (
    "access", "access_token", "api_key", "authorization", "challenge", "code", "cookie", "credential", "csrftoken",
    "current_password", "id_token", "new_code", "new_password", "password", "recovery_codes", "refresh",
    "refresh_token", "secret", "sessionid", "set-cookie", "signature", "token",
)  # fmt: skip
"""Names of members, headers, cookies and query parameters whose values are never written."""

_SECRET_NAMES = frozenset(SECRET_NAMES)
_NAMES = "|".join(sorted((re.escape(name) for name in SECRET_NAMES), key=len, reverse=True))
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"byline_[A-Za-z0-9]{16,}"), REMOVED),
    (re.compile(r"\beyJ[\w-]{5,}\.[\w-]*(?:\.[\w-]*)?"), REMOVED),
    (re.compile(r"\b[0-9a-f]{32}\.[\w-]{32}\b"), REMOVED),  # a challenge
    (re.compile(r"\b(bearer|basic)\s+[^\s'\",;]+", re.IGNORECASE), rf"\1 {REMOVED}"),
    (re.compile(rf"([?&;\s]|^)((?:[\w-]+[-_])?(?:{_NAMES}))=[^&;\s'\"]+", re.IGNORECASE), rf"\1\2={REMOVED}"),
    (re.compile(rf"""(['"](?:{_NAMES})['"]\s*:\s*)(?:'[^']*'|"[^"]*")""", re.IGNORECASE), rf'\1"{REMOVED}"'),
)

_SUSPICIOUS = re.compile(r"[=\"']|byline_|eyJ|(?i:bearer|basic)|\.[\w-]{32}")
"""In every text that a pattern matches. One look for it keeps ordinary lines cheap: each request writes one."""


def redact_text(text: str) -> str:
    """The text with everything that looks like a credential, or is named like one, replaced."""
    if not _SUSPICIOUS.search(text):
        return text
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text


def redact(value: Any, *, name: str = "") -> Any:
    """The value with its texts redacted, however deep; what stands under a secret's name goes as a whole."""
    if isinstance(value, Mapping):
        return {key: redact(item, name=str(key)) for key, item in value.items()}
    if value and name.lower() in _SECRET_NAMES and isinstance(value, str | bytes | list | tuple):
        return REMOVED
    if isinstance(value, str):
        return redact_text(value)
    if isinstance(value, list | tuple):
        return [redact(item) for item in value]
    return value


def redact_log_line(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """The processor before the last one: the line as it would be written, without credentials."""
    return {key: redact(item if _is_plain(item) else str(item), name=key) for key, item in event.items()}


def redact_report(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any]:
    """Sentry's `before_send`."""
    redacted: dict[str, Any] = redact(event)
    return redacted


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, str | bytes | int | float | bool | list | tuple | Mapping)
