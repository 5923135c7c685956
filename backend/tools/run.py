"""`make run`: the whole publication on this machine, from a clean clone to the browser.

HOST and PORT say where it listens (127.0.0.1 and 8000). Everything it keeps is under var/.
"""

from __future__ import annotations

import os
import time

from tools.console import Problem, done, say, seconds, step
from tools.network import address_from_environment, answers, require_free, site_url, wait_until
from tools.paths import BACKEND, REQUIREMENTS_BASE, VAR, VENV_BIN, VENV_PYTHON
from tools.processes import Processes, command, must_run
from tools.setup import prepare
from tools.stamps import Stamp, digest

LOGS = VAR / "log" / "run"
THREADS = 4  # more were slower on two cores: 284 requests/s with 4, 249 with 8, 209 with 16


def embedded_environment(host: str, port: int) -> dict[str, str]:
    """The environment of the embedded shape. What the caller has set stays."""
    environment = {
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
        "PUBLIC_URL": site_url(host, port),
        "PYTHONUNBUFFERED": "1",
    }
    if site_url(host, port) != f"http://{host}:{port}":
        environment["ALLOWED_HOSTS"] = "*"  # reached by whatever name this machine has in its network
    return environment | os.environ


def collect_static(processes: Processes, environment: dict[str, str]) -> None:
    """Collect the admin's and the documentation's assets, when packages or our own assets changed."""
    static = VAR / "static"
    stamp = Stamp(VAR / ".static-collected")
    ours = sorted(BACKEND.glob("apps/*/static"))
    wanted = digest([REQUIREMENTS_BASE, *ours])
    if stamp.matches(wanted) and static.is_dir():
        return
    with step("static files"):
        stamp.clear()
        manage = [VENV_PYTHON, "manage.py", "collectstatic", "--noinput", "--clear", "--verbosity", "0"]
        must_run(processes, "collectstatic", manage, cwd=BACKEND, env=environment, log=LOGS / "static.log")
        stamp.write(wanted)


def prepare_database(processes: Processes, environment: dict[str, str]) -> str:
    """Migrate, and load the demo publication into an empty database; answers what the demo has to say."""
    manage = [VENV_PYTHON, "manage.py"]
    with step("database"):
        migrate = [*manage, "migrate", "--noinput", "--verbosity", "0"]
        must_run(processes, "migrate", migrate, cwd=BACKEND, env=environment, log=LOGS / "migrate.log")
    log = LOGS / "demo.log"
    with step("demo publication"):
        must_run(
            processes,
            "load_demo",
            [*manage, "load_demo", "--if-empty"],
            cwd=BACKEND,
            env=environment,
            log=log,
        )
    text = log.read_text()
    log.unlink()  # it holds passwords, which are shown once and kept nowhere
    return text.strip()


def granian(host: str, port: int, *, threads: int = THREADS) -> list[str]:
    """The command that serves the WSGI application."""
    return [
        *(str(VENV_BIN / "granian"), "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", "1", "--blocking-threads", str(threads), "--no-ws", "--log-level", "error"),
        "config.wsgi:application",
    ]


def serve(processes: Processes, host: str, port: int, environment: dict[str, str]) -> None:
    """Start the web process and the worker, and wait until the site answers."""
    with step("web process and worker"):
        web = processes.start("web", granian(host, port), cwd=BACKEND, env=environment)
        processes.start("worker", [VENV_PYTHON, "manage.py", "work"], cwd=BACKEND, env=environment)
        address = site_url(host, port)
        wait_until("the web process", lambda: answers(f"{address}/livez"), alive=lambda: web.poll() is None)


def main() -> None:
    """The command line."""
    started = time.monotonic()
    host, port = address_from_environment()
    require_free(host, port)
    prepare(development=False)
    with Processes() as processes:
        environment = embedded_environment(host, port)
        collect_static(processes, environment)
        demo = prepare_database(processes, environment)
        serve(processes, host, port, environment)
        done("ready", f"after {seconds(time.monotonic() - started)}")
        announce(site_url(host, port), demo)
        name, code = processes.first_to_end()
        raise Problem(f"{name} ended with exit code {code}; everything else is stopped too")


def announce(address: str, demo: str) -> None:
    """Say where everything is."""
    if demo:
        say(f"\n{demo}")
    say()
    say(f"  site      {address}/")
    say(f"  API docs  {address}/api/docs")
    say(f"  admin     {address}/admin/")
    say("\n  Ctrl-C stops everything.\n")


if __name__ == "__main__":
    command(main)
