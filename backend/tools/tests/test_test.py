"""`make test` names what failed, where whoever reads a log of CI looks first."""

from __future__ import annotations

import sys

import pytest

from tools import test as tool
from tools.checks import Check
from tools.processes import Processes

PYTEST = """\
____ test_adds ____
a/tests/test_sums.py:9: in test_adds
    assert 1 + 1 == 3
=========================== short test summary info ============================
SKIPPED [1] a/tests/test_races.py:66: needs concurrent connections
SKIPPED [2] a/tests/test_races.py:98: needs concurrent connections
FAILED a/tests/test_sums.py::test_adds - assert 2 == 3
ERROR a/tests/test_sums.py::test_takes - RuntimeError: FAILED
============== 1 failed, 5 passed, 3 skipped, 1 error in 1.00s ==============
"""
VITEST = """\
 \x1b[31mFAIL\x1b[39m  src/sums.spec.ts > adds
AssertionError: expected 2 to be 3
 FAIL  src/sums.spec.ts > adds
 Test Files  1 failed (1)
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a check that prints a text and fails."""
    monkeypatch.setattr(tool, "LOGS", tmp_path)

    def run(printed: str) -> tool.Outcome:
        program = f"import sys; print({printed!r}, end=''); sys.exit(1)"
        with Processes() as processes:
            return tool.run_check(processes, Check("sums", [sys.executable, "-c", program], tmp_path))

    return run


def test_names_each_failure_once_as_soon_as_the_check_has_ended(run, capsys):
    run(PYTEST)
    said = capsys.readouterr().out
    assert [line.strip() for line in said.splitlines()[1:]] == [
        "FAILED a/tests/test_sums.py::test_adds - assert 2 == 3",
        "ERROR a/tests/test_sums.py::test_takes - RuntimeError: FAILED",
    ]
    assert "FAILED sums" in said.splitlines()[0]
    assert "1 failed, 5 passed" in said.splitlines()[0]


def test_names_failures_of_the_front_end(run):
    assert run(VITEST).failures == ["FAIL  src/sums.spec.ts > adds"]


def test_reports_the_end_without_the_tests_that_were_passed_over(run, capsys):
    outcome = run(PYTEST)
    capsys.readouterr()
    assert not tool.report([outcome], [], 1)
    said = capsys.readouterr().out
    assert "assert 1 + 1 == 3" in said
    assert "SKIPPED" not in said
