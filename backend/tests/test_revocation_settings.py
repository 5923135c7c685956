"""With settings under which signing out would not be in force at once, nothing starts."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.backends import AllowAllUsersModelBackend
from django.test import override_settings

from apps.accounts.checks import check_revocation, refuse_to_start
from apps.accounts.models import User

BACKEND = Path(__file__).resolve().parents[1]
AUTHENTICATION = "django.contrib.auth.middleware.AuthenticationMiddleware"
REMOTE_USER = "django.contrib.auth.middleware.RemoteUserMiddleware"
EVERYBODY = f"{AllowAllUsersModelBackend.__module__}.{AllowAllUsersModelBackend.__name__}"
JWT_ALONE = "rest_framework_simplejwt.authentication.JWTAuthentication"
SIGNED_COOKIES = "django.contrib.sessions.backends.signed_cookies"


def rest(*names: str) -> dict[str, Any]:
    return {"REST_FRAMEWORK": {**settings.REST_FRAMEWORK, "DEFAULT_AUTHENTICATION_CLASSES": list(names)}}


def jwt(**change: Any) -> dict[str, Any]:
    return {"SIMPLE_JWT": {**settings.SIMPLE_JWT, **change}}


def living(lifetime: timedelta) -> dict[str, Any]:
    return {"ACCESS_TOKEN_LIFETIME": lifetime, **jwt(ACCESS_TOKEN_LIFETIME=lifetime)}


def test_our_settings_are_fine() -> None:
    assert check_revocation() == []
    refuse_to_start()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (rest(JWT_ALONE), "DEFAULT_AUTHENTICATION_CLASSES"),
        (rest("rest_framework.authentication.SessionAuthentication"), "DEFAULT_AUTHENTICATION_CLASSES"),
        (rest("no.such.Class"), "DEFAULT_AUTHENTICATION_CLASSES"),
        ({"REST_FRAMEWORK": {}}, "DEFAULT_AUTHENTICATION_CLASSES"),
        (living(timedelta(hours=3)), "ACCESS_TOKEN_MINUTES"),
        ({"REFRESH_TOKEN_LIFETIME": timedelta(minutes=10)}, "REFRESH_TOKEN_DAYS"),
        ({"REFRESH_GRACE": timedelta(hours=1)}, "REFRESH_GRACE"),
        ({"REFRESH_GRACE": timedelta(seconds=-1)}, "REFRESH_GRACE"),
        (jwt(ALGORITHM="none"), "ALGORITHM"),
        (jwt(ALGORITHM="RS256"), "ALGORITHM"),
        (jwt(SIGNING_KEY="short"), "key"),
        (jwt(ACCESS_TOKEN_LIFETIME=timedelta(days=1)), "SIMPLE_JWT"),
        ({"SESSION_ENGINE": SIGNED_COOKIES}, "SESSION_ENGINE"),
        ({"MIDDLEWARE": [name for name in settings.MIDDLEWARE if name != AUTHENTICATION]}, "AuthenticationMiddleware"),
        ({"MIDDLEWARE": [*settings.MIDDLEWARE, REMOTE_USER]}, "RemoteUserMiddleware"),
        ({"AUTHENTICATION_BACKENDS": [EVERYBODY]}, "AUTHENTICATION_BACKENDS"),
        ({"AUTH_USER_MODEL": "auth.Group"}, "AUTH_USER_MODEL"),
    ],
)
def test_what_would_undo_revocation_is_named_in_one_line(change: dict[str, Any], named: str) -> None:
    with override_settings(**change):
        (error,) = check_revocation()
        with pytest.raises(SystemExit, match=rf"^Byline cannot start: [^\n]*{named}[^\n]*$"):
            refuse_to_start()
    assert str(error.id).startswith("accounts.E")


def test_session_hash_that_ignores_signing_out_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(User, "get_session_auth_hash", lambda _: "always the same")
    (error,) = check_revocation()
    assert "session hash" in error.msg


def test_each_reason_has_a_line_of_its_own() -> None:
    with override_settings(SESSION_ENGINE=SIGNED_COOKIES, **jwt(ALGORITHM="none")), pytest.raises(SystemExit) as stop:
        refuse_to_start()
    lines = str(stop.value).splitlines()
    assert len(lines) == 2
    assert all(line.startswith("Byline cannot start: ") for line in lines)


@pytest.mark.parametrize(
    "command",
    [
        ["manage.py", "check"],
        ["manage.py", "work", "--once"],
        ["-c", "import config.wsgi"],
        ["-m", "celery", "-A", "config.celery", "worker", "--pool", "solo"],
        ["-m", "celery", "-A", "config.celery", "beat", "--schedule", "{folder}/beat"],
    ],
    ids=["check", "work", "web", "worker", "scheduler"],
)
def test_no_process_starts(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "unsafe_settings.py").write_text(
        "from config.settings.development import *\n"
        f"SESSION_ENGINE = {SIGNED_COOKIES!r}\n"
        "CELERY_BROKER_URL = 'memory://'\n"
    )
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "unsafe_settings",
        "VAR_DIR": str(tmp_path / "var"),
    }
    arguments = [argument.format(folder=tmp_path) for argument in command]
    result = subprocess.run(
        [sys.executable, *arguments],
        cwd=BACKEND,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert result.returncode not in {0, None}
    assert sum(SIGNED_COOKIES in line for line in result.stderr.splitlines()) == 1, result.stderr
    assert "Traceback" not in result.stderr
