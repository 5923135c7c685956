"""A PostgreSQL server of one's own, also as root."""

import psycopg
import pytest

from tools import postgres
from tools.console import Problem
from tools.processes import Processes

needs_postgres = pytest.mark.skipif(postgres.find_binaries() is None, reason=postgres.INSTALL_HINT)


@needs_postgres
def test_server_answers_and_is_gone_afterwards():
    with Processes() as processes:
        with postgres.temporary_postgres(processes) as url, psycopg.connect(url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(url, connect_timeout=2)


@needs_postgres
def test_server_wants_its_password():
    with Processes() as processes, postgres.temporary_postgres(processes) as url:
        password = url.split(":")[2].split("@")[0]
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(url.replace(password, "wrong"))


def test_missing_programs_are_one_line(monkeypatch):
    monkeypatch.setattr(postgres, "find_binaries", lambda: None)
    with Processes() as processes, pytest.raises(Problem, match="apt install postgresql"):  # noqa: SIM117
        with postgres.temporary_postgres(processes):
            pass
