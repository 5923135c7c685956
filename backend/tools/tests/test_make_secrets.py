"""Secrets for the containers: made once, kept, readable by their group alone."""

import stat

import pytest

from tools import make_secrets
from tools.console import Problem

GIVEN = ("SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD", "DATABASE_URL", "REDIS_URL")


@pytest.fixture(autouse=True)
def nothing_given(monkeypatch):
    for name in GIVEN:
        monkeypatch.delenv(name, raising=False)


def contents(folder):
    return {file.name: file.read_text().strip() for file in folder.iterdir()}


def test_second_run_changes_nothing(tmp_path):
    make_secrets.make(tmp_path)
    first = contents(tmp_path)
    make_secrets.make(tmp_path)
    assert contents(tmp_path) == first
    assert len(first["secret_key"]) >= 50
    assert first["postgres_password"] in first["database_url"]
    assert first["redis_password"] in first["redis_url"]
    assert first["redis_password"] in first["redis.conf"]


def test_files_are_for_owner_and_group_alone(tmp_path):
    make_secrets.make(tmp_path)
    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o440}


def test_given_values_win_and_are_encoded_in_addresses(tmp_path, monkeypatch):
    make_secrets.make(tmp_path)
    monkeypatch.setenv("POSTGRES_PASSWORD", "p@ss/word")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere:6379/1")
    make_secrets.make(tmp_path)
    assert contents(tmp_path)["database_url"] == "postgres://byline:p%40ss%2Fword@postgres:5432/byline"
    assert contents(tmp_path)["redis_url"] == "redis://elsewhere:6379/1"


@pytest.mark.parametrize(("name", "value"), [("SECRET_KEY", "short"), ("REDIS_PASSWORD", 'a"b')])
def test_values_that_could_not_work_are_refused(tmp_path, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(Problem):
        make_secrets.make(tmp_path)
