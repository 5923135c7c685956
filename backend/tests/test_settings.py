"""Settings come from the environment; a bad one stops the start with one line, production refuses what is unsafe."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import env

BACKEND = Path(__file__).resolve().parents[1]
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "k7Qm2xVb9Lr4Tz6Wp8Yd3Nf5Hj1Gs0Ec-aUoIiXvBnMqRtYuPlKjHg",
    "PUBLIC_URL": "https://news.example",
    "DATABASE_URL": "postgres://byline:secret@db.example:5432/byline",
    "REDIS_URL": "redis://cache.example:6379/0",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A management command in a process of its own, with nothing of ours in its environment but this."""
    clean = {"PATH": os.environ["PATH"], **{name: value for name, value in environment.items() if value}}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=BACKEND, env=clean, capture_output=True, text=True, timeout=300, check=False)


def test_deployment_check_is_clean_with_https(tmp_path: Path) -> None:
    result = manage("check", "--deploy", "--fail-level", "WARNING", VAR_DIR=str(tmp_path), **PRODUCTION)
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout + result.stderr


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"DEBUG": "1"}, "DEBUG"),
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY"),
        ({"PUBLIC_URL": ""}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "news.example"}, "PUBLIC_URL"),
        ({"DATABASE_URL": ""}, "DATABASE_URL"),
        ({"DATABASE_URL": "sqlite:///x.sqlite3"}, "DATABASE_URL"),
        ({"REDIS_URL": ""}, "REDIS_URL"),
        ({"RATE_LIMIT_ANONYMOUS": "many"}, "RATE_LIMIT_ANONYMOUS"),
        ({"SECOND_FACTOR_ROLES": "editors"}, "SECOND_FACTOR_ROLES"),
    ],
)
def test_production_refuses_with_one_line(change: dict[str, str], named: str, tmp_path: Path) -> None:
    result = manage("check", **{**PRODUCTION, "VAR_DIR": str(tmp_path), **change})
    assert result.returncode != 0
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("Byline cannot start: ")
    assert named in lines[0]


def test_secrets_are_not_repeated_in_refusals(tmp_path: Path) -> None:
    result = manage("check", **{**PRODUCTION, "VAR_DIR": str(tmp_path), "SECRET_KEY": "hunter2hunter2"})
    assert "hunter2" not in result.stderr


def test_manage_without_an_environment_uses_the_embedded_shape(tmp_path: Path) -> None:
    code = "from django.conf import settings as s; print(s.DEBUG, s.DATABASES['default']['NAME'])"
    result = manage("shell", "-v0", "-c", code, VAR_DIR=str(tmp_path))
    assert result.stdout.strip() == f"False {tmp_path / 'byline.sqlite3'}", result.stderr


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "False"),
        ({"EMAIL_URL": "consolemail://"}, "False"),
        ({"EMAIL_URL": "smtp+tls://user:password@mail.example:587"}, "True"),
        ({"EMAIL_URL": "smtp+tls://user:password@mail.example:587", "EMAIL_VERIFICATION": "0"}, "False"),
        ({"EMAIL_VERIFICATION": "1"}, "True"),
    ],
)
def test_addresses_are_verified_where_mail_can_be_sent(change: dict[str, str], expected: str, tmp_path: Path) -> None:
    code = "from django.conf import settings as s; print(s.EMAIL_VERIFICATION)"
    result = manage("shell", "-v0", "-c", code, **{**PRODUCTION, "VAR_DIR": str(tmp_path), **change})
    assert result.stdout.strip() == expected, result.stderr


@pytest.mark.parametrize("scheme", ["https", "http"])
def test_cookies_say_by_their_names_that_they_came_by_https(scheme: str, tmp_path: Path) -> None:
    names = "s.REFRESH_COOKIE['key'], s.BROWSER_COOKIE['key'], s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME"
    code = f"from django.conf import settings as s; print({names})"
    environment = {**PRODUCTION, "VAR_DIR": str(tmp_path), "PUBLIC_URL": f"{scheme}://news.example.org"}
    result = manage("shell", "-v0", "-c", code, **environment)
    expected = ["__Secure-byline_refresh", "__Secure-byline_browser", "__Host-sessionid", "__Host-csrftoken"]
    assert result.stdout.split() == [
        name if scheme == "https" else name.removeprefix("__Secure-").removeprefix("__Host-") for name in expected
    ], result.stderr


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("YES", True), ("off", False), ("0", False), ("", True)])
def test_truth_values(value: str, expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SWITCH", value)
    assert env.boolean("A_SWITCH", default=True) is expected


@pytest.mark.parametrize("value", ["maybe", "2", "-1"])
def test_what_is_no_truth_value_is_refused(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SWITCH", value)
    with pytest.raises(SystemExit, match="A_SWITCH"):
        env.boolean("A_SWITCH", default=True)


@pytest.mark.parametrize("value", ["many", "1.5", "0"])
def test_bad_number_is_refused(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_NUMBER", value)
    with pytest.raises(SystemExit, match="A_NUMBER"):
        env.integer("A_NUMBER", 5, minimum=1)


@pytest.mark.parametrize("value", ["ftp://x.example", "https://x.example/path", "x", "https://", "https://x?y=1"])
def test_bad_origin_is_refused(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AN_ORIGIN", value)
    with pytest.raises(SystemExit, match="AN_ORIGIN"):
        env.origin("AN_ORIGIN", "http://localhost")


def test_value_may_stand_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s3cret\n")
    monkeypatch.setenv("A_SECRET_FILE", str(secret))
    assert env.text("A_SECRET") == "s3cret"
    monkeypatch.setenv("A_SECRET_FILE", str(tmp_path / "missing"))
    with pytest.raises(SystemExit, match="A_SECRET_FILE"):
        env.text("A_SECRET")


def test_bucket_needs_the_address_where_browsers_find_it(tmp_path: Path) -> None:
    for wrong in ({}, {"S3_PUBLIC_URL": "files.example.org"}, {"S3_PUBLIC_URL": "https://x.example/; evil"}):
        result = manage("check", VAR_DIR=str(tmp_path), S3_BUCKET="byline", **wrong)
        assert result.returncode != 0
        assert result.stderr.startswith("Byline cannot start: S3_PUBLIC_URL")
    fine = manage("check", VAR_DIR=str(tmp_path), S3_BUCKET="byline", S3_PUBLIC_URL="http://10.0.0.5:9000/byline")
    assert fine.returncode == 0, fine.stderr
