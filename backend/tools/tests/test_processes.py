"""Nothing that a command starts outlives it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tools.console import Problem
from tools.network import wait_until
from tools.paths import BACKEND
from tools.processes import Processes, last_lines, must_run

# Starts a child of its own, writes both numbers, and waits for ever.
FAMILY = """
import os, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
with open(sys.argv[1] + ".partial", "w") as file:
    file.write(f"{os.getpid()} {child.pid}")
os.rename(sys.argv[1] + ".partial", sys.argv[1])
child.wait()
"""
COMMAND = """
import sys
from pathlib import Path
from tools.processes import Processes
with Processes() as processes:
    processes.start("family", [sys.executable, "-c", sys.argv[1], sys.argv[2]], cwd=Path("."))
    processes.first_to_end()
"""


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def numbers(tmp_path):
    file = tmp_path / "numbers"

    def read(process):
        wait_until("the family", file.exists, alive=lambda: process.poll() is None, interval=0.01)
        return [int(number) for number in file.read_text().split()]

    return file, read


def test_leaving_the_block_stops_children_and_their_children(tmp_path, numbers):
    file, read = numbers
    with Processes() as processes:
        process = processes.start("family", [sys.executable, "-c", FAMILY, str(file)], cwd=tmp_path)
        pids = read(process)
        assert all(is_running(pid) for pid in pids)
    wait_until("the end", lambda: not any(is_running(pid) for pid in pids), alive=lambda: True, interval=0.01)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything_and_is_the_exit_code(numbers, number):
    file, read = numbers
    command = subprocess.Popen([sys.executable, "-c", COMMAND, FAMILY, str(file)], cwd=BACKEND)
    pids = read(command)
    command.send_signal(number)
    assert command.wait(60) == 128 + number
    wait_until("the end", lambda: not any(is_running(pid) for pid in pids), alive=lambda: True, interval=0.01)


DISTURBED = """
import os, signal, subprocess
disturbed = False
def disturb(*_):
    global disturbed
    if not disturbed:
        disturbed = True
        os.kill(os.getpid(), signal.SIGTERM)
"""
# As soon as the child has written its numbers, and before anybody else can know of it.
WHILE_STARTING = f"""
{DISTURBED}
import sys, time
class Popen(subprocess.Popen):
    def __init__(self, *given, **named):
        super().__init__(*given, **named)
        while not os.path.exists(sys.argv[2]):
            time.sleep(0.01)
        disturb()
subprocess.Popen = Popen
{COMMAND}
"""
# The block is left in peace; the signal comes when it stops what it has started.
WHILE_STOPPING = f"""
{DISTURBED}
import sys, time
from pathlib import Path
from tools import processes as tool
stop = tool._stop
tool._stop = lambda *given: (disturb(), stop(*given))
with tool.Processes() as processes:
    processes.start("family", [sys.executable, "-c", sys.argv[1], sys.argv[2]], cwd=Path("."))
    while not os.path.exists(sys.argv[2]):
        time.sleep(0.01)
"""


@pytest.mark.parametrize("program", [WHILE_STARTING, WHILE_STOPPING], ids=["starting", "stopping"])
def test_a_signal_at_the_worst_moment_stops_everything_too(numbers, program):
    file, read = numbers
    command = subprocess.Popen([sys.executable, "-c", program, FAMILY, str(file)], cwd=BACKEND)
    pids = read(command)
    assert command.wait(60) == 128 + signal.SIGTERM
    wait_until("the end", lambda: not any(is_running(pid) for pid in pids), alive=lambda: True, interval=0.01)


def test_failing_command_shows_the_end_of_its_output(tmp_path, capsys):
    with Processes() as processes, pytest.raises(Problem, match="work failed with exit code 3"):
        must_run(processes, "work", ["sh", "-c", "echo the reason; exit 3"], cwd=tmp_path, log=tmp_path / "log")
    assert "the reason" in capsys.readouterr().out


def test_nothing_starts_once_everything_was_stopped(tmp_path):
    with Processes() as processes:
        processes.stop()
        with pytest.raises(SystemExit):
            processes.start("late", ["true"], cwd=tmp_path)


def test_output_is_forwarded_with_the_name_before_it(tmp_path, capsys):
    with Processes() as processes:
        processes.start("web", ["echo", "hello"], cwd=tmp_path).wait()
    assert "web    | hello" in capsys.readouterr().out


def test_last_lines_of_a_missing_log_are_empty(tmp_path):
    assert last_lines(tmp_path / "none", 5) == ""


def test_environment_is_handed_over_whole(tmp_path):
    with Processes() as processes:
        log = tmp_path / "log"
        processes.run("env", ["sh", "-c", "echo $GIVEN"], cwd=tmp_path, log=log, env={**os.environ, "GIVEN": "yes"})
    assert log.read_text() == "yes\n"
