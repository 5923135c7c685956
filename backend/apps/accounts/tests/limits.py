"""What tests of the limits share."""

from typing import Any

ASK = "/api/v1/auth/code"
CONFIRM = "/api/v1/auth/code/confirm"
TOKEN = "/api/v1/auth/token"
HOME = "198.51.100.7"
"""Where the owner is; strangers are elsewhere."""
CACHE_AWAY = {
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": "redis://127.0.0.1:1/0",
        "OPTIONS": {"IGNORE_EXCEPTIONS": True, "SOCKET_CONNECT_TIMEOUT": 0.2},
    }
}
"""Redis as production has it, stopped: nobody listens on that port."""


def ask(api: Any, name: str, address: str = "203.0.113.1", path: str = ASK) -> Any:
    return api().post(path, {"username": name}, REMOTE_ADDR=address)


def confirm(api: Any, challenge: str, code: str, address: str = "203.0.113.1") -> Any:
    body = {"challenge": challenge, "code": code, "cookie": False}
    return api().post(CONFIRM, body, REMOTE_ADDR=address)


def flood(api: Any, name: str) -> None:
    """Strangers at many addresses ask for codes until nobody is sent one any more."""
    for number in range(1, 12):
        ask(api, name, address=f"192.0.2.{number}")


def is_refused(response: Any) -> bool:
    assert response.status_code != 429 or 0 < int(response.headers["Retry-After"]) <= 900
    return bool(response.status_code == 429)
