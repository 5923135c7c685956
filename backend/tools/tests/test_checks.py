"""The verdict of `make test`."""

import pytest

from tools import checks, postgres, stack
from tools import test as runner
from tools.console import Problem
from tools.paths import FRONTEND


@pytest.fixture
def outcome(tmp_path):
    def make(code, text="", name="a check"):
        log = tmp_path / "log"
        log.write_text(text)
        return runner.Outcome(checks.Check(name, ["true"], tmp_path), code, 1.0, log)

    return make


@pytest.mark.parametrize(
    ("code", "omissions", "ci", "well"),
    [
        (0, [], "true", True),
        (1, [], "", False),
        (0, ["PostgreSQL"], "", True),
        (0, ["PostgreSQL"], "true", False),
    ],
)
def test_verdict(monkeypatch, outcome, code, omissions, ci, well):
    monkeypatch.setenv("CI", ci)
    assert runner.report([outcome(code)], omissions, 1.0) is well


def test_failure_shows_the_end_of_its_output(outcome, capsys):
    runner.report([outcome(2, "first line\nthe reason")], [], 1.0)
    assert "the reason" in capsys.readouterr().out


def test_counts_of_the_test_runners_are_repeated(outcome):
    pytest_line = "================== 12 passed, 1 skipped in 3.21s =================="
    vitest_line = "\x1b[2m      Tests \x1b[22m \x1b[1m\x1b[32m41 passed\x1b[39m\x1b[22m (41)"
    assert outcome(0, f"noise\n{pytest_line}\n{vitest_line}\n").summary == [pytest_line, "Tests  41 passed (41)"]


def test_missing_postgresql_is_left_out_with_the_command_that_installs_it(monkeypatch):
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    monkeypatch.setattr(postgres, "find_binaries", lambda: None)
    wanted, omissions = checks.backend_tests()
    assert [check.name for check in wanted] == ["pytest, SQLite"]
    assert "apt install postgresql" in omissions[0]


def test_given_postgresql_is_used(monkeypatch):
    monkeypatch.setenv("TEST_DATABASE_URL", "postgres://somewhere/db")
    wanted, omissions = checks.backend_tests()
    assert wanted[1].environment == {"DATABASE_URL": "postgres://somewhere/db"}
    assert not omissions


def test_stack_runs_the_command_that_it_is_given(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert stack.parse_arguments([]) == (tmp_path, [])
    assert stack.parse_arguments(["exec", "--", "a", "--in", "b"]) == (tmp_path, ["a", "--in", "b"])
    assert stack.parse_arguments(["exec", "--in", "frontend", "--", "a"]) == (FRONTEND, ["a"])


@pytest.mark.parametrize("arguments", [["exec"], ["exec", "--"], ["exec", "a"], ["other"], ["exec", "--in"]])
def test_stack_says_how_it_is_called(arguments):
    with pytest.raises(Problem, match="say `stack`"):
        stack.parse_arguments(arguments)
