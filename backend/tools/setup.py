"""Installs what the project needs, and builds the single-page app; what has not changed is left alone.

python3 -m tools.setup [run|test|build]
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from typing import IO, TYPE_CHECKING

from tools.console import Problem, done, say, step
from tools.paths import BACKEND, FRONTEND, REQUIREMENTS, VAR, VENV, VENV_PYTHON
from tools.processes import Processes, command, must_run
from tools.stamps import Stamp, digest
from tools.toolchain import node_version, require_npm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BUILT = [FRONTEND / "dist" / "index.html", FRONTEND / "dist-server" / "server.js"]
"""What readers load, and what renders documents inside the web process."""
LOGS = VAR / "log" / "setup"
NODE_MODULES = FRONTEND / "node_modules"
NOT_BUILT_FROM = {
    "coverage",
    "dist",
    "dist-server",
    "e2e",
    "node_modules",
    "playwright-report",
    "test-results",
}


def venv_works() -> bool:
    """Whether backend/.venv is there, whole, and of a Python that we support."""
    check = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.run([VENV_PYTHON, "-c", check], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make_venv(processes: Processes) -> None:
    """Make backend/.venv unless a good one is there."""
    if venv_works():
        return
    with step("Python environment in backend/.venv"):
        shutil.rmtree(VENV, ignore_errors=True)
        code = processes.run("venv", [sys.executable, "-m", "venv", str(VENV)], cwd=BACKEND, log=LOGS / "venv.log")
        if code != 0 or not venv_works():
            shutil.rmtree(VENV, ignore_errors=True)
            raise Problem(
                "Python's venv module does not work here; on Debian and Ubuntu: apt install python3-venv "
                f"(whole output: {LOGS / 'venv.log'})"
            )


def install_backend(processes: Processes, *, development: bool) -> None:
    """Install the locked Python packages: those that serve the site, or those for development as well."""
    make_venv(processes)
    name = "Python packages for development" if development else "Python packages"
    wanted = ["dev", "base"] if development else ["base"]
    stamps = {each: Stamp(VENV / f".installed-{each}") for each in wanted}
    digests = {each: digest([REQUIREMENTS / f"{each}.txt"]) for each in wanted}
    if all(stamps[each].matches(digests[each]) for each in wanted):
        done(name, "unchanged")
        return
    with step(name):
        for stamp in stamps.values():
            stamp.clear()
        pip = [
            VENV_PYTHON,
            "-m",
            "pip",
            "install",
            "--disable-pip-version-check",
            "--no-input",
            "--require-hashes",
        ]
        files = [part for each in wanted for part in ("-r", f"requirements/{each}.txt")]
        must_run(processes, "pip install", [*pip, *files], cwd=BACKEND, log=LOGS / "pip.log")
        for each, stamp in stamps.items():
            stamp.write(digests[each])


def install_frontend(processes: Processes) -> None:
    """Install the locked npm packages."""
    major, _ = node_version()
    stamp = Stamp(NODE_MODULES / ".installed")
    wanted = digest([FRONTEND / "package.json", FRONTEND / "package-lock.json"], salt=str(major))
    if stamp.matches(wanted):
        done("npm packages", "unchanged")
        return
    with step("npm packages"):
        stamp.clear()
        npm = ["npm", "ci", "--no-audit", "--no-fund"]
        must_run(processes, "npm ci", npm, cwd=FRONTEND, log=LOGS / "npm.log")
        stamp.write(wanted)


def build_frontend(processes: Processes) -> None:
    """Build the single-page app into frontend/dist, and what renders documents into frontend/dist-server."""
    sources = sorted(path for path in FRONTEND.iterdir() if path.name not in NOT_BUILT_FROM)
    stamp = Stamp(NODE_MODULES / ".cache" / "built")
    wanted = digest(sources)
    if stamp.matches(wanted) and all(path.is_file() for path in BUILT):
        done("single-page app", "unchanged")
        return
    with step("single-page app"):
        stamp.clear()
        must_run(processes, "npm run bundle", ["npm", "run", "bundle"], cwd=FRONTEND, log=LOGS / "build.log")
        stamp.write(wanted)


@contextlib.contextmanager
def only_one_at_a_time() -> Iterator[IO[str]]:
    """Hold the lock under which things are installed, so that two commands don't do it at once."""
    VAR.mkdir(parents=True, exist_ok=True)
    with (VAR / ".setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("  .. waiting for another command that is installing")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock


def prepare(*, development: bool, build: bool = True) -> None:
    """Install and build all that is needed, the two halves side by side."""
    node_version()
    require_npm()
    os.environ.setdefault("PIP_ROOT_USER_ACTION", "ignore")

    def frontend(processes: Processes) -> None:
        install_frontend(processes)
        if build:
            build_frontend(processes)

    def backend(processes: Processes) -> None:
        install_backend(processes, development=development)

    with only_one_at_a_time():
        side_by_side([backend, frontend])


def side_by_side(lanes: list[Callable[[Processes], None]]) -> None:
    """Run the lanes at the same time; the first failure stops the others and is raised."""
    with ThreadPoolExecutor(len(lanes)) as pool, Processes() as processes:
        futures = [pool.submit(lane, processes) for lane in lanes]
        # With a time limit, so that the main thread wakes up to handle signals.
        while wait(futures, timeout=0.2, return_when=FIRST_EXCEPTION).not_done:
            if any(future.done() and future.exception() for future in futures):
                break
        for future in [future for future in futures if future.done()]:
            future.result()


def main() -> None:
    """The command line."""
    what = sys.argv[1] if len(sys.argv) > 1 else "run"
    if what not in {"run", "test", "build"}:
        raise Problem("say `setup run`, `setup test` or `setup build`")
    if what == "build":
        with only_one_at_a_time(), Processes() as processes:
            build_frontend(processes)
    else:
        prepare(development=what == "test")


if __name__ == "__main__":
    command(main)
